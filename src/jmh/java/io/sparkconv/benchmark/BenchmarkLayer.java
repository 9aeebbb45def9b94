package io.sparkconv.benchmark;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A layer to measure and the shape of its input.
 *
 * @param text as it was named: {@code in=64,out=64,k=3,s=1,p=1,d=1,g=1,size=56x56[,transposed,op=1]}
 * @param isTransposed whether it is a transposed convolution
 * @param geometry its parameters
 * @param input shape of the input
 * @param output shape of the output
 * @param dimensions axes of space, 1 to 3
 */
record BenchmarkLayer(String text, boolean isTransposed, ConvolutionGeometry geometry, Shape input, Shape output, int dimensions) {
    private static final String REFUSAL = "Cannot use --layer \"";
    private static final Set<String> KEYS = Set.of("in", "out", "k", "s", "p", "d", "g", "size", "op");

    /** So many values have input, output and weights at most: some copies of them must fit in memory. */
    private static final int MOST_VALUES = 1 << 27;

    /**
     * Reads a layer; keys in any order. Numbers of {@code k, s, p, d, op} are one for all axes or one an axis, such as {@code
     * k=1x7}; {@code size} has one an axis and says how many there are.
     *
     * @throws IllegalArgumentException if it isn't of that form
     */
    static BenchmarkLayer parse(String text) {
        Map<String, String> values = new HashMap<>();
        boolean isTransposed = false;
        for (String part : text.split(",", -1)) {
            String word = part.trim();
            String[] pair = word.split("=", 2);
            if (word.equals("transposed")) {
                isTransposed = true;
            } else if (pair.length == 1 || !KEYS.contains(pair[0])) {
                throw refusal(text, "'" + word + "' is none of in=, out=, k=, s=, p=, d=, g=, size=, op=, transposed");
            } else if (values.put(pair[0], pair[1]) != null) {
                throw refusal(text, pair[0] + "= stands there twice, once is allowed");
            }
        }
        int[] size = numbers(text, values, "size", null);
        if (size.length > 3) {
            throw refusal(text, "size has " + size.length + " axes, 1 to 3 are allowed");
        }
        try {
            return of(text, isTransposed, values, size);
        } catch (ArithmeticException e) {
            throw refusal(text, "its sizes can't be counted");
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(REFUSAL) ? e : refusal(text, e.getMessage().replaceFirst("^Cannot ", "cannot "));
        }
    }

    private static BenchmarkLayer of(String text, boolean isTransposed, Map<String, String> values, int[] size) {
        AxisGeometry[] axes = new AxisGeometry[3];
        int[] extents = {1, 1, 1};
        long[] outputs = {1, 1, 1};
        Arrays.fill(axes, AxisGeometry.IDENTITY);
        for (int axis = 0; axis < size.length; axis++) {
            int place = 3 - size.length + axis;
            extents[place] = size[axis];
            int padding = number(text, values, "p", "0", axis, size.length);
            axes[place] = new AxisGeometry(
                    number(text, values, "k", null, axis, size.length),
                    number(text, values, "s", "1", axis, size.length),
                    number(text, values, "d", "1", axis, size.length),
                    padding,
                    padding,
                    number(text, values, "op", "0", axis, size.length));
            if (!isTransposed && axes[place].outputPadding() != 0) {
                throw refusal(text, "op= is for transposed layers only");
            }
            outputs[place] = isTransposed
                    ? axes[place].transposedOutput(size[axis])
                    : axes[place].convolutionOutput(size[axis]);
        }
        int in = number(text, values, "in", null, 0, 1);
        int out = number(text, values, "out", null, 0, 1);
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                in, out, number(text, values, "g", "1", 0, 1), axes[0], axes[1], axes[2], PaddingMode.ZEROS);
        Shape input = new Shape(in, extents[0], extents[1], extents[2]);
        Shape output = new Shape(
                out, Math.toIntExact(outputs[0]), Math.toIntExact(outputs[1]), Math.toIntExact(outputs[2]));
        long most = Math.max(geometry.weightCount(), Math.max(input.elements(), output.elements()));
        if (most > MOST_VALUES) {
            throw refusal(text, most + " values in one array, at most " + MOST_VALUES + " are allowed");
        }
        return new BenchmarkLayer(text, isTransposed, geometry, input, output, size.length);
    }

    private static int number(
            String text, Map<String, String> values, String key, String usual, int axis, int dimensions) {
        int[] numbers = numbers(text, values, key, usual);
        if (numbers.length != 1 && numbers.length != dimensions) {
            throw refusal(text, key + " has " + numbers.length + " numbers, 1 or " + dimensions + " are allowed");
        }
        return numbers.length == 1 ? numbers[0] : numbers[axis];
    }

    private static int[] numbers(String text, Map<String, String> values, String key, String usual) {
        String value = values.getOrDefault(key, usual);
        if (value == null) {
            throw refusal(text, key + "= is missing");
        }
        try {
            return Arrays.stream(value.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw refusal(text, "'" + key + "=" + value + "' is neither a number nor one an axis, such as 3 or 1x7");
        }
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException(REFUSAL + text + "\": " + reason);
    }

    /** Products that the definition takes, those with padding included; a transposed layer's, as many as a pixel takes on average. */
    double products() {
        double strides = isTransposed
                ? (double) geometry.z().stride()
                        * geometry.y().stride()
                        * geometry.x().stride()
                : 1;
        return geometry.weightCount() / strides * output.pixels();
    }

    /** The layer as a network of one. */
    NetworkDescription network(LayerValues values) {
        return NetworkDescription.of(
                "layer",
                input,
                dimensions,
                new Operation.Conv(dimensions, isTransposed, geometry, values.weights(), values.bias()));
    }
}
