package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.conv.ConvolutionOperator;
import io.sparkconv.conv.TransposedConvolution;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.plan.ReceptiveField.Axis;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of one dimension (x), derived by hand, and all of them against the pixels that really move an output. */
class ReceptiveFieldTest {
    private static final AxisGeometry THREE = AxisGeometry.of(3).withPadding(1, 1);

    static Stream<Arguments> networks() {
        Layer three = convolution(THREE);
        Layer pool = pool(AxisGeometry.of(2).withStride(2));
        return Stream.of(
                Arguments.of("three of 3", List.of(three, three, three), new Axis(7, 1, 3, 3)),
                Arguments.of("without padding", List.of(convolution(AxisGeometry.of(5))), new Axis(5, 1, 0, 4)),
                Arguments.of(
                        "VGG: 3, 3, pool, 3, 3, pool",
                        List.of(three, three, pool, three, three, pool),
                        new Axis(16, 4, 6, 6)),
                Arguments.of(
                        "ResNet's stem: 7 / 2, pool 3 / 2, 3",
                        List.of(
                                convolution(AxisGeometry.of(7).withStride(2).withPadding(3, 3)),
                                pool(THREE.withStride(2)),
                                three),
                        new Axis(19, 4, 9, 6)),
                Arguments.of(
                        "dilation 1, 2, 4",
                        List.of(
                                three,
                                convolution(THREE.withDilation(2).withPadding(2, 2)),
                                convolution(THREE.withDilation(4).withPadding(4, 4))),
                        new Axis(15, 1, 7, 7)),
                Arguments.of(
                        "transposed 4 / 2",
                        List.of(transposed(AxisGeometry.of(4).withStride(2).withPadding(1, 1))),
                        new Axis(2, 0.5, 1, 1)),
                Arguments.of(
                        "transposed 3 / 2: one pixel, then two",
                        List.of(transposed(AxisGeometry.of(3)
                                .withStride(2)
                                .withPadding(1, 1)
                                .withOutputPadding(1))),
                        new Axis(2, 0.5, 0, 1)),
                Arguments.of(
                        "transposed 4 / 2, 3",
                        List.of(transposed(AxisGeometry.of(4).withStride(2).withPadding(1, 1)), three),
                        new Axis(3, 0.5, 1, 1)),
                Arguments.of(
                        "transposed 2 / 3: every third pixel sees nothing",
                        List.of(transposed(AxisGeometry.of(2).withStride(3))),
                        new Axis(1, 1.0 / 3, 0, 0)),
                Arguments.of(
                        "pool, nearest, 3: the pixel's place in its pair counts",
                        List.of(pool, upsampling(new ResizedAxis(0, 2), Interpolation.NEAREST), three),
                        new Axis(4, 1, 2, 2)),
                Arguments.of(
                        "linear by 2",
                        List.of(upsampling(new ResizedAxis(0, 2), Interpolation.LINEAR)),
                        new Axis(2, 0.5, 1, 1)),
                Arguments.of(
                        "linear to twice the size",
                        List.of(upsampling(new ResizedAxis(144, 0), Interpolation.LINEAR)),
                        new Axis(2, 0.5, 1, 1)),
                Arguments.of(
                        "nearest by 3/2",
                        List.of(upsampling(new ResizedAxis(0, 1.5), Interpolation.NEAREST)),
                        new Axis(1, 2.0 / 3, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void isAsDerivedByHand(String name, List<Layer> layers, Axis expected) {
        Axis actual = field(network(layers), last(layers)).x();
        assertThat(actual.jump()).isCloseTo(expected.jump(), within(1e-9));
        assertThat(new Axis(actual.extent(), expected.jump(), actual.haloBefore(), actual.haloAfter()))
                .isEqualTo(expected);
        assertThat(field(network(layers), last(layers)).y()).isEqualTo(new Axis(1, 1, 0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void isTheMostPixelsThatMoveAnOutput(String name, List<Layer> layers, Axis expected) {
        Network network = network(layers);
        float[] still = run(network, new float[72]);
        int[] first = new int[still.length];
        int[] end = new int[still.length];
        Arrays.fill(first, Integer.MAX_VALUE);
        for (int pixel = 0; pixel < 72; pixel++) {
            float[] input = new float[72];
            input[pixel] = 1f;
            float[] moved = run(network, input);
            for (int output = 0; output < still.length; output++) {
                if (moved[output] != still[output]) {
                    first[output] = Math.min(first[output], pixel);
                    end[output] = pixel + 1;
                }
            }
        }
        int widest = 0;
        for (int output = 0; output < still.length; output++) {
            widest = Math.max(widest, end[output] - Math.min(first[output], end[output]));
        }
        assertThat(widest).isEqualTo(expected.extent());
    }

    @Test
    void ofBranchesIsWhatBothSee() {
        Layer five = convolution(AxisGeometry.of(5).withPadding(4, 0));
        Network network = Network.of(
                InputSpecification.unscaled(1),
                List.of(
                        new Node("a", convolution(THREE), List.of("input")),
                        new Node("b", five, List.of("input")),
                        new Node("sum", new Arithmetic(Arithmetic.Operation.ADD), List.of("a", "b"))));
        assertThat(field(network, "sum").x()).isEqualTo(new Axis(6, 1, 4, 1));
    }

    @Test
    void ofEveryAxisIsItsOwn() {
        ConvolutionGeometry geometry = new ConvolutionGeometry(
                1,
                1,
                1,
                AxisGeometry.of(2).withStride(3),
                THREE.withStride(2),
                AxisGeometry.of(7).withPadding(3, 3),
                PaddingMode.ZEROS);
        Layer layer = new ConvolutionLayer(new Convolution(geometry, new float[42], null));
        ReceptiveField field = NetworkReport.of(network(List.of(layer)), new Shape(1, 8, 9, 10), Optional.empty())
                .layers()
                .get(0)
                .field()
                .orElseThrow();
        assertThat(field)
                .isEqualTo(new ReceptiveField(new Axis(2, 3, 0, 0), new Axis(3, 2, 1, 0), new Axis(7, 1, 3, 3)));
    }

    @Test
    void ofHugeStridesFitsInCoordinates() {
        Network network = network(List.of(
                pool(AxisGeometry.of(16_000).withStride(16_000)),
                pool(AxisGeometry.of(16).withStride(16))));
        NetworkReport report = NetworkReport.of(network, new Shape(1, 1, 1, 1 << 20), Optional.empty());
        assertThat(report.layers().get(1).field().orElseThrow().x()).isEqualTo(new Axis(256_000, 256_000, 0, 0));
    }

    @Test
    void ofGreatFactorsIsThatOfSmallOnes() {
        Network network = network(List.of(
                upsampling(new ResizedAxis(0, 200), Interpolation.NEAREST),
                upsampling(new ResizedAxis(72, 0), Interpolation.NEAREST)));
        assertThat(field(network, "layer0").x()).isEqualTo(new Axis(1, 1 / 200.0, 0, 0));
        assertThat(field(network, "layer1").x()).isEqualTo(new Axis(1, 1, 0, 0));
    }

    @Test
    void behindALayerWithGlobalReachIsTheWholeImage() {
        Network network = Network.of(
                InputSpecification.unscaled(1),
                List.of(
                        new Node("pool", GlobalPooling.of(GlobalPooling.Function.AVERAGE), List.of(Network.INPUT)),
                        new Node(
                                "scaled",
                                new Arithmetic(Arithmetic.Operation.MULTIPLY),
                                List.of(Network.INPUT, "pool"))));
        NetworkReport report = NetworkReport.of(network, new Shape(1, 1, 30, 40), Optional.of(TileSize.of("10")));
        assertThat(report.layers()).allSatisfy(row -> assertThat(row.field()).isEmpty());
        assertThat(report.text()).contains("whole image");
    }

    private static ReceptiveField field(Network network, String layer) {
        return NetworkReport.of(network, new Shape(1, 1, 1, 72), Optional.empty()).layers().stream()
                .filter(row -> row.name().equals(layer))
                .findFirst()
                .orElseThrow()
                .field()
                .orElseThrow();
    }

    private static String last(List<Layer> layers) {
        return "layer" + (layers.size() - 1);
    }

    private static Network network(List<Layer> layers) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            nodes.add(new Node("layer" + i, layers.get(i), List.of(i == 0 ? Network.INPUT : "layer" + (i - 1))));
        }
        return Network.of(InputSpecification.unscaled(1), nodes);
    }

    /** Values of the last layer. */
    private static float[] run(Network network, float[] input) {
        Shape shape = new Shape(1, 1, 1, input.length);
        String output = network.outputs().get(0);
        FusedGroup plan = FusedGroup.of(network, shape, List.of(output));
        return plan.compute(Tile.ofMap(new FeatureMap(shape, input)), Map.of(output, Region.ofMap(plan.shape(output))))
                .get(output)
                .values();
    }

    private static Layer convolution(AxisGeometry x) {
        return new ConvolutionLayer(new Convolution(geometry(x), ones(x), null));
    }

    private static Layer transposed(AxisGeometry x) {
        ConvolutionOperator operator = new TransposedConvolution(geometry(x), ones(x), null);
        return new ConvolutionLayer(operator);
    }

    private static ConvolutionGeometry geometry(AxisGeometry x) {
        return new ConvolutionGeometry(1, 1, 1, AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, x, PaddingMode.ZEROS);
    }

    private static float[] ones(AxisGeometry x) {
        float[] ones = new float[x.kernel()];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private static Layer pool(AxisGeometry x) {
        return new MaximumPooling(new PoolingWindow(AxisGeometry.IDENTITY, AxisGeometry.IDENTITY, x, Rounding.FLOOR));
    }

    private static Layer upsampling(ResizedAxis x, Interpolation interpolation) {
        return new Upsampling(ResizedAxis.IDENTITY, ResizedAxis.IDENTITY, x, interpolation);
    }
}
