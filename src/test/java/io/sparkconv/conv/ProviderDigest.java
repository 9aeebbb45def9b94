package io.sparkconv.conv;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tile.Region;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Prints a digest of all bits of many layers' outputs, for a JVM whose micro-kernel its options choose. */
final class ProviderDigest {
    private ProviderDigest() {}

    /** The PyTorch cases, and random layers of the seed that is given. */
    public static void main(String[] arguments) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int equal = 0;
        int cases = 0;
        for (PyTorchCase each : PyTorchCase.readAll(PyTorchCase.directory())) {
            boolean isEqual = true;
            for (int i = 0; i < each.inputs().size(); i++) {
                FeatureMap output =
                        OperatorRuns.whole(each.operator(), each.inputs().get(i));
                isEqual &= Differences.worst(output, each.expected().get(i), each.tolerance())
                        .isEmpty();
                update(digest, output.values());
            }
            cases++;
            equal += isEqual ? 1 : 0;
        }
        System.out.println("cases " + equal + " of " + cases);
        SeededRandom random = new SeededRandom(Long.parseLong(arguments[0]));
        RandomGeometry.Generator generator = new RandomGeometry.Generator(random);
        int layers = Integer.parseInt(arguments[1]);
        for (int i = 0; i < layers; i++) {
            RandomGeometry each = generator.next();
            update(digest, output(random, each, each.operator(weights(random, each), null)));
            if (i % 5 == 0) {
                RandomGeometry wide = generator.wide();
                update(digest, output(random, wide, wide.operator(weights(random, wide), null)));
            }
            if (i % 10 == 0) {
                RandomGeometry blocks = WinogradGeometry.next(random);
                for (Accuracy accuracy : Accuracy.values()) {
                    float[] weights = weights(random, blocks);
                    float[] bias = random.values(blocks.geometry().outputChannels());
                    update(digest, output(random, blocks, new Convolution(blocks.geometry(), weights, bias, accuracy)));
                }
            }
        }
        System.out.println("digest " + HexFormat.of().formatHex(digest.digest()));
    }

    private static float[] weights(SeededRandom random, RandomGeometry each) {
        return random.values(each.weightCount());
    }

    private static float[] output(SeededRandom random, RandomGeometry each, ConvolutionOperator operator) {
        FeatureMap input = random.map(each.input());
        Region target = Region.ofMap(operator.outputShape(each.input()));
        Layout from = random.pick(Layout.values());
        Layout to = random.pick(Layout.values());
        return OperatorRuns.in(operator, input, target, from, to, Epilogue.NONE)
                .in(Layout.PLANAR)
                .values();
    }

    private static void update(MessageDigest digest, float[] values) {
        int[] bits = RawBits.of(values);
        ByteBuffer buffer = ByteBuffer.allocate(bits.length * Integer.BYTES);
        buffer.asIntBuffer().put(bits);
        digest.update(buffer.array());
    }
}
