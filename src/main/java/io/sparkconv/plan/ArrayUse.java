package io.sparkconv.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Values that need an array while some steps run.
 *
 * @param length number of values
 * @param first the step that writes them
 * @param last the last step that reads them
 */
record ArrayUse(int length, int first, int last) {

    /**
     * Numbers of arrays, from 0 on, so that no two uses share one at a time: the longest first, each in the shortest array that is
     * free while it runs (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020: greedy by size, for
     * shared objects).
     *
     * @return for each use the number of its array
     */
    static int[] share(List<ArrayUse> uses) {
        List<Integer> bySize = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            bySize.add(i);
        }
        bySize.sort(Comparator.comparingInt(use -> -uses.get(use).length));
        List<List<ArrayUse>> arrays = new ArrayList<>();
        int[] numbers = new int[uses.size()];
        for (int each : bySize) {
            ArrayUse use = uses.get(each);
            // arrays become shorter and shorter: the last that is free is the shortest
            int number = arrays.size();
            for (int array = arrays.size() - 1; array >= 0 && number == arrays.size(); array--) {
                if (arrays.get(array).stream().noneMatch(use::overlaps)) {
                    number = array;
                }
            }
            if (number == arrays.size()) {
                arrays.add(new ArrayList<>());
            }
            arrays.get(number).add(use);
            numbers[each] = number;
        }
        return numbers;
    }

    private boolean overlaps(ArrayUse other) {
        return first <= other.last && other.first <= last;
    }

    /** Values of the arrays that uses share. */
    static long sharedLength(List<ArrayUse> uses) {
        int[] numbers = share(uses);
        int[] lengths = new int[uses.size()];
        for (int i = 0; i < numbers.length; i++) {
            lengths[numbers[i]] = Math.max(lengths[numbers[i]], uses.get(i).length);
        }
        long sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        return sum;
    }

    /** Most values that are alive at one step: no memory could be smaller. */
    static long longestAlive(List<ArrayUse> uses) {
        long most = 0;
        for (ArrayUse at : uses) {
            long alive = uses.stream()
                    .filter(use -> use.first <= at.first && at.first <= use.last)
                    .mapToLong(ArrayUse::length)
                    .sum();
            most = Math.max(most, alive);
        }
        return most;
    }
}
