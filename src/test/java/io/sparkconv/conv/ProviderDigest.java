package io.sparkconv.conv;

import io.sparkconv.RawBits;
import io.sparkconv.SeededRandom;
import io.sparkconv.tensor.FeatureMap;
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
            update(digest, output(random, generator.next()));
            if (i % 10 == 0) {
                update(digest, output(random, WinogradGeometry.next(random)));
            }
        }
        System.out.println("digest " + HexFormat.of().formatHex(digest.digest()));
    }

    private static float[] output(SeededRandom random, RandomGeometry each) {
        ConvolutionOperator operator = each.operator(
                random.values(each.weightCount()), random.values(each.geometry().outputChannels()));
        return OperatorRuns.whole(operator, random.map(each.input())).values();
    }

    private static void update(MessageDigest digest, float[] values) {
        int[] bits = RawBits.of(values);
        ByteBuffer buffer = ByteBuffer.allocate(bits.length * Integer.BYTES);
        buffer.asIntBuffer().put(bits);
        digest.update(buffer.array());
    }
}
