package io.sparkconv.network.evaluation;

/**
 * What {@code Slice} takes of one axis: {@code begin + i · step} for {@code i} from 0 to before {@code extent}.
 *
 * @param begin the first coordinate taken
 * @param step distance of neighbours, negative to go backwards, never 0
 * @param extent number of coordinates taken
 */
public record SliceRange(int begin, int step, int extent) {

    /** As ONNX clamps: negative positions count from the end, those beyond mean the end. */
    public static SliceRange of(long start, long end, long step, int extent) {
        if (step == 0) {
            throw new IllegalArgumentException("Cannot slice with step 0: it must be another number");
        }
        long least = step > 0 ? 0 : -1;
        long most = step > 0 ? extent : extent - 1L;
        // ONNX lets a start before the first coordinate mean the first, also backwards, where NumPy takes nothing
        long first = Math.max(0, Math.min(most, start < 0 ? start + extent : start));
        long last = Math.max(least, Math.min(most, end < 0 ? Math.max(end, -1L - extent) + extent : end));
        long distance = step > 0 ? last - first : first - last;
        long magnitude = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        long count = extent == 0 || distance <= 0 ? 0 : (distance - 1) / magnitude + 1;
        int bounded = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, step));
        return new SliceRange((int) first, bounded, (int) count);
    }

    int[] coordinates() {
        int[] coordinates = new int[extent];
        for (int i = 0; i < extent; i++) {
            coordinates[i] = begin + i * step;
        }
        return coordinates;
    }
}
