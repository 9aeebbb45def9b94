package io.sparkconv.network.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Products of matrices; every sum is taken in double, in the order of the inner axis. */
final class MatrixOperators {
    private MatrixOperators() {}

    static Tensor gemm(Operation operation, List<Tensor> inputs) {
        Attributes attributes = operation.attributes();
        Tensor first = transposedIf(attributes.flag("transA"), matrix(inputs.get(0)));
        Tensor second = transposedIf(attributes.flag("transB"), matrix(inputs.get(1)));
        Tensor product = scaled(matmul(first, second), attributes.real("alpha", 1f));
        if (inputs.size() < 3 || inputs.get(2) == null) {
            return product;
        }
        Tensor addend = scaled(inputs.get(2), attributes.real("beta", 1f));
        Tensor sum = ElementwiseOperators.binary(io.sparkconv.network.BinaryFunction.ADD, product, addend);
        if (sum.size() != product.size()) {
            throw new IllegalArgumentException("Cannot add a tensor of " + Tensor.text(addend.shape())
                    + " to a product of " + Tensor.text(product.shape()));
        }
        return sum;
    }

    private static Tensor matrix(Tensor tensor) {
        if (tensor.rank() != 2) {
            throw new IllegalArgumentException(
                    "Cannot multiply a tensor of " + Tensor.text(tensor.shape()) + ": 2 axes are needed");
        }
        return tensor;
    }

    private static Tensor transposedIf(boolean isTransposed, Tensor matrix) {
        return isTransposed ? Rearrangement.transpose(matrix, new int[] {1, 0}) : matrix;
    }

    private static Tensor scaled(Tensor tensor, float factor) {
        return factor == 1f
                ? tensor
                : ElementwiseOperators.binary(
                        io.sparkconv.network.BinaryFunction.MUL,
                        tensor,
                        ElementwiseOperators.cast(Tensor.of(new float[] {factor}), tensor.type()));
    }

    /** NumPy's {@code matmul}: the last two axes are matrices, the others are brought together. */
    static Tensor matmul(Tensor first, Tensor second) {
        if (first.rank() == 0 || second.rank() == 0) {
            throw new IllegalArgumentException("Cannot multiply single values as matrices");
        }
        Tensor left = first.rank() == 1 ? first.withShape(1, first.size()) : first;
        Tensor right = second.rank() == 1 ? second.withShape(second.size(), 1) : second;
        int rows = left.shape()[left.rank() - 2];
        int inner = left.shape()[left.rank() - 1];
        int columns = right.shape()[right.rank() - 1];
        if (right.shape()[right.rank() - 2] != inner) {
            throw new IllegalArgumentException("Cannot multiply tensors of " + Tensor.text(first.shape()) + " and "
                    + Tensor.text(second.shape()) + ": the inner extents must be equal");
        }
        int[] leftBatch = Arrays.copyOf(left.shape(), left.rank() - 2);
        int[] rightBatch = Arrays.copyOf(right.shape(), right.rank() - 2);
        int[] batch = Broadcast.shape(
                List.of(Tensor.unknown(first.type(), leftBatch), Tensor.unknown(first.type(), rightBatch)));
        List<Integer> extents = new ArrayList<>();
        Arrays.stream(batch).forEach(extents::add);
        if (first.rank() > 1) {
            extents.add(rows);
        }
        if (second.rank() > 1) {
            extents.add(columns);
        }
        int[] shape = extents.stream().mapToInt(Integer::intValue).toArray();
        return Tensor.lazy(first.type(), shape, List.of(first, second), () -> {
            int[] lefts = Broadcast.places(leftBatch, batch);
            int[] rights = Broadcast.places(rightBatch, batch);
            double[] output = new double[Tensor.size(shape)];
            for (int i = 0; i < lefts.length; i++) {
                multiply(
                        left.floats(),
                        lefts[i] * rows * inner,
                        right.floats(),
                        rights[i] * inner * columns,
                        output,
                        i * rows * columns,
                        new int[] {rows, inner, columns});
            }
            return first.isFloat()
                    ? floats(output)
                    : Arrays.stream(output)
                            .mapToLong(value -> first.type().wrap(Math.round(value)))
                            .toArray();
        });
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static void multiply(
            float[] left, int leftPlace, float[] right, int rightPlace, double[] output, int place, int[] extents) {
        int inner = extents[1];
        int columns = extents[2];
        for (int row = 0; row < extents[0]; row++) {
            int target = place + row * columns;
            for (int k = 0; k < inner; k++) {
                double factor = left[leftPlace + row * inner + k];
                int source = rightPlace + k * columns;
                for (int column = 0; column < columns; column++) {
                    output[target + column] += factor * right[source + column];
                }
            }
        }
    }
}
