package io.sparkconv.benchmark;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A layer to measure and the shape of its input.
 *
 * @param text as it was named: {@code in=64,out=64,k=3,s=1,p=1,d=1,g=1,size=56x56[,transposed,op=1]}
 * @param isTransposed whether it is a transposed convolution
 * @param geometry its parameters
 * @param input shape of the input
 * @param dimensions axes of space, 1 to 3
 */
record BenchmarkLayer(String text, boolean isTransposed, ConvolutionGeometry geometry, Shape input, int dimensions) {
    private static final Set<String> KEYS = Set.of("in", "out", "k", "s", "p", "d", "g", "size", "op");

    /** The layers of common networks, with which the project's goals are stated. */
    static final List<String> STANDARD = List.of(
            "in=64,out=64,k=3,p=1,size=56x56",
            "in=128,out=128,k=3,p=1,size=28x28",
            "in=256,out=256,k=3,p=1,size=14x14",
            "in=512,out=512,k=3,p=1,size=7x7",
            "in=64,out=64,k=3,p=1,size=224x224",
            "in=128,out=128,k=3,s=2,p=1,size=56x56",
            "in=3,out=64,k=7,s=2,p=3,size=224x224",
            "in=256,out=64,k=1,size=56x56",
            "in=64,out=256,k=1,size=56x56",
            "in=1024,out=256,k=1,size=14x14",
            "in=144,out=144,k=3,p=1,g=144,size=56x56",
            "in=96,out=96,k=3,s=2,p=1,g=96,size=112x112",
            "in=3,out=16,k=3,p=1,size=1024x1024",
            "in=128,out=64,k=4,s=2,p=1,size=28x28,transposed",
            "in=128,out=64,k=2,s=2,size=56x56,transposed",
            "in=64,out=32,k=3,s=2,p=1,op=1,size=56x56,transposed",
            "in=256,out=256,k=3,d=2,p=2,size=28x28",
            "in=256,out=256,k=3,p=1,g=32,size=14x14",
            "in=64,out=192,k=5,p=2,size=27x27");

    /**
     * Reads a layer; keys in any order. Numbers of {@code k, s, p, d, op} are one for all axes or one an axis, such as {@code
     * k=1x7}; {@code size} has one an axis and says how many there are.
     *
     * @throws IllegalArgumentException if it isn't of that form
     */
    static BenchmarkLayer parse(String text) {
        Map<String, String> values = new HashMap<>();
        boolean isTransposed = false;
        for (String word : text.split(",")) {
            String[] pair = word.trim().split("=", 2);
            if (pair.length == 1 && pair[0].equals("transposed")) {
                isTransposed = true;
            } else if (pair.length == 1 || !KEYS.contains(pair[0])) {
                throw refusal(text, "'" + word + "' is none of in=, out=, k=, s=, p=, d=, g=, size=, op=, transposed");
            } else if (values.put(pair[0], pair[1]) != null) {
                throw refusal(text, pair[0] + " stands there twice");
            }
        }
        int[] size = numbers(text, values, "size", null);
        if (size.length > 3) {
            throw refusal(text, "size has " + size.length + " axes, 1 to 3 are allowed");
        }
        AxisGeometry[] axes = new AxisGeometry[3];
        int[] extents = {1, 1, 1};
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
        }
        int in = number(text, values, "in", null, 0, 1);
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                in,
                number(text, values, "out", null, 0, 1),
                number(text, values, "g", "1", 0, 1),
                axes[0],
                axes[1],
                axes[2],
                PaddingMode.ZEROS);
        Shape input = new Shape(in, extents[0], extents[1], extents[2]);
        return new BenchmarkLayer(text, isTransposed, geometry, input, size.length);
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
            return Arrays.stream(value.split("x")).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw refusal(text, "'" + key + "=" + value + "' is no number");
        }
    }

    private static IllegalArgumentException refusal(String text, String reason) {
        return new IllegalArgumentException("Cannot use --layer \"" + text + "\": " + reason);
    }

    int[] extents() {
        int[] all = {input.depth(), input.height(), input.width()};
        return Arrays.copyOfRange(all, 3 - dimensions, 3);
    }

    List<AxisGeometry> axes() {
        return List.of(geometry.z(), geometry.y(), geometry.x()).subList(3 - dimensions, 3);
    }
}
