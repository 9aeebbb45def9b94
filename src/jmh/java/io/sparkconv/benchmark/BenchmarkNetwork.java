package io.sparkconv.benchmark;

import static io.sparkconv.benchmark.NetworkBuilder.LINEAR;
import static io.sparkconv.benchmark.NetworkBuilder.RECTIFIED;
import static io.sparkconv.benchmark.NetworkBuilder.RESIDUAL;

import io.sparkconv.benchmark.NetworkBuilder.Normalization;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.network.Network;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.tensor.Named;
import io.sparkconv.tensor.Shape;
import java.util.Locale;
import java.util.function.Function;

/** The networks of the benchmark: shapes of well-known ones, weights at random. */
enum BenchmarkNetwork implements Named {
    /** Ten 3 × 3 convolutions with a ReLU each. */
    CHAIN(new Shape(64, 1, 56, 56), Normalization.FOLDED, BenchmarkNetwork::chain),
    /** He et al. 2016, 'Deep residual learning for image recognition'; as torchvision has it. */
    RESNET18(photograph(), Normalization.FOLDED, BenchmarkNetwork::resnet18),
    RESNET50(photograph(), Normalization.FOLDED, BenchmarkNetwork::resnet50),
    /** With batch normalization behind each convolution. */
    RESNET50_UNFOLDED(photograph(), Normalization.UNFOLDED, BenchmarkNetwork::resnet50),
    /** Simonyan & Zisserman 2015; the three fully connected layers are a global pool and one. */
    VGG16(photograph(), Normalization.FOLDED, BenchmarkNetwork::vgg16),
    /** Sandler et al. 2018. */
    MOBILENETV2(photograph(), Normalization.FOLDED, BenchmarkNetwork::mobilenetv2),
    /** Iandola et al. 2016, version 1.1. */
    SQUEEZENET(photograph(), Normalization.FOLDED, BenchmarkNetwork::squeezenet),
    /** Super-resolution by 2 with residual dense blocks: layers of the network of that name of UpscalerJS. */
    ESRGAN_SLIM_X2(new Shape(3, 1, 128, 128), Normalization.FOLDED, BenchmarkNetwork::esrganSlim),
    /** Super-resolution by 2: layers of waifu2x's upconv_7. */
    WAIFU2X_UPCONV7(new Shape(3, 1, 156, 156), Normalization.FOLDED, BenchmarkNetwork::waifu2x);

    private static final int CLASSES = 1000;

    private final Shape input;
    private final Normalization normalization;
    private final Function<NetworkBuilder, String> body;

    BenchmarkNetwork(Shape input, Normalization normalization, Function<NetworkBuilder, String> body) {
        this.input = input;
        this.normalization = normalization;
        this.body = body;
    }

    private static Shape photograph() {
        return new Shape(3, 1, 224, 224);
    }

    /**
     * The network of a name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static BenchmarkNetwork of(String text) {
        return Named.of(values(), text, "Cannot use network");
    }

    /** {@code resnet50_unfolded}. */
    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    NetworkDescription description() {
        NetworkBuilder builder = new NetworkBuilder(text(), input, normalization);
        body.apply(builder);
        return builder.build();
    }

    private static String chain(NetworkBuilder network) {
        String map = Network.INPUT;
        for (int layer = 0; layer < 10; layer++) {
            map = network.convRelu(map, 64, 3, 1);
        }
        return map;
    }

    private static String classified(NetworkBuilder network, String map) {
        return network.fullyConnected(network.globalAveragePool(map), CLASSES);
    }

    private static String resnetStem(NetworkBuilder network) {
        return network.maxPool(
                network.convRelu(Network.INPUT, 64, 7, 2), NetworkBuilder.padded(3, 2), Rounding.FLOOR);
    }

    private static String resnet18(NetworkBuilder network) {
        String map = resnetStem(network);
        for (int stage = 0; stage < 4; stage++) {
            for (int block = 0; block < 2; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                int outputs = 64 << stage;
                String branch = network.convRelu(map, outputs, 3, stride);
                branch = network.conv(branch, outputs, 3, 1, RESIDUAL);
                map = network.relu(network.add(branch, shortcut(network, map, outputs, stride)));
            }
        }
        return classified(network, map);
    }

    private static String resnet50(NetworkBuilder network) {
        int[] blocks = {3, 4, 6, 3};
        String map = resnetStem(network);
        for (int stage = 0; stage < blocks.length; stage++) {
            for (int block = 0; block < blocks[stage]; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                int inner = 64 << stage;
                String branch = network.convRelu(map, inner, 1, 1);
                branch = network.convRelu(branch, inner, 3, stride);
                branch = network.conv(branch, 4 * inner, 1, 1, RESIDUAL);
                map = network.relu(network.add(branch, shortcut(network, map, 4 * inner, stride)));
            }
        }
        return classified(network, map);
    }

    /** A block's input itself, or where its shape changes a 1 × 1 convolution of it. */
    private static String shortcut(NetworkBuilder network, String map, int outputs, int stride) {
        boolean isSame = stride == 1 && network.channels(map) == outputs;
        return isSame ? map : network.conv(map, outputs, 1, stride, LINEAR);
    }

    private static String vgg16(NetworkBuilder network) {
        int[][] stages = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
        String map = Network.INPUT;
        for (int[] stage : stages) {
            for (int layer = 0; layer < stage[1]; layer++) {
                map = network.convRelu(map, stage[0], 3, 1);
            }
            map = network.maxPool(map, AxisGeometry.of(2).withStride(2), Rounding.FLOOR);
        }
        return classified(network, map);
    }

    private static String mobilenetv2(NetworkBuilder network) {
        // expansion, outputs, blocks, stride of the first
        int[][] stages = {
            {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
        };
        String map = network.relu6(network.conv(Network.INPUT, 32, 3, 2, RECTIFIED));
        for (int[] stage : stages) {
            for (int block = 0; block < stage[2]; block++) {
                int stride = block == 0 ? stage[3] : 1;
                int inputs = network.channels(map);
                String branch = stage[0] == 1
                        ? map
                        : network.relu6(network.conv(map, inputs * stage[0], 1, 1, RECTIFIED));
                branch = network.relu6(network.depthwise(branch, stride));
                boolean isResidual = stride == 1 && inputs == stage[1];
                branch = network.conv(branch, stage[1], 1, 1, isResidual ? RESIDUAL : LINEAR);
                map = isResidual ? network.add(branch, map) : branch;
            }
        }
        return classified(network, network.relu6(network.conv(map, 1280, 1, 1, RECTIFIED)));
    }

    private static String squeezenet(NetworkBuilder network) {
        AxisGeometry pool = AxisGeometry.of(3).withStride(2);
        String map = network.relu(network.conv(Network.INPUT, 64, pool, 1, RECTIFIED));
        int[] squeezed = {16, 16, 32, 32, 48, 48, 64, 64};
        for (int fire = 0; fire < squeezed.length; fire++) {
            if (fire == 0 || fire == 2 || fire == 4) {
                map = network.maxPool(map, pool, Rounding.CEILING);
            }
            String squeeze = network.convRelu(map, squeezed[fire], 1, 1);
            map = network.concat(
                    network.convRelu(squeeze, 4 * squeezed[fire], 1, 1),
                    network.convRelu(squeeze, 4 * squeezed[fire], 3, 1));
        }
        return network.globalAveragePool(network.convRelu(map, CLASSES, 1, 1));
    }

    private static String esrganSlim(NetworkBuilder network) {
        String first = network.conv(Network.INPUT, 64, 3, 1, LINEAR);
        String shallow = network.conv(first, 64, 3, 1, LINEAR);
        String block = denseBlock(network, shallow);
        String fused = network.conv(network.concat(block, denseBlock(network, block)), 64, 1, 1, LINEAR);
        String map = network.add(network.conv(fused, 64, 3, 1, RESIDUAL), first);
        map = network.convRelu(map, 64, 5, 1);
        map = network.convRelu(map, 32, 3, 1);
        map = network.conv(map, 12, 3, 1, LINEAR);
        return network.conv(network.nearestResize(map, 2), 3, 3, 1, LINEAR);
    }

    private static String denseBlock(NetworkBuilder network, String map) {
        String dense = network.concat(map, network.convRelu(map, 4, 3, 1));
        return network.add(network.conv(dense, 64, 1, 1, RESIDUAL), map);
    }

    private static String waifu2x(NetworkBuilder network) {
        String map = Network.INPUT;
        for (int outputs : new int[] {16, 32, 64, 128, 128, 256}) {
            map = network.leakyRelu(network.conv(map, outputs, AxisGeometry.of(3), 1, RECTIFIED), 0.1f);
        }
        return network.transposed(map, 3, AxisGeometry.of(4).withStride(2).withPadding(3, 3));
    }
}
