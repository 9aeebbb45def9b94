package io.sparkconv.network.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Activation.Function;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.AveragePooling;
import io.sparkconv.network.AveragePooling.Divisor;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.Concatenation;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Interpolation;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.Network;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.network.PoolingWindow.Rounding;
import io.sparkconv.network.ResizedAxis;
import io.sparkconv.network.Upsampling;
import io.sparkconv.network.weights.Parameter;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.weights.WeightFiles;
import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tile.PaddingMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What network files say, and the layers that come of it. */
class NetworkFileTest {
    private static final AxisGeometry ONE = AxisGeometry.IDENTITY;

    static Stream<Arguments> layersWithoutWeights() {
        AxisGeometry two = AxisGeometry.of(2).withStride(2);
        AxisGeometry three = AxisGeometry.of(3).withStride(2).withPadding(1, 1);
        ResizedAxis same = ResizedAxis.IDENTITY;
        ResizedAxis twice = new ResizedAxis(0, 2);
        return Stream.of(
                Arguments.of("relu: {}", Activation.of(Function.RELU)),
                Arguments.of("sigmoid: null", Activation.of(Function.SIGMOID)),
                Arguments.of("tanh:", Activation.of(Function.TANH)),
                Arguments.of("leaky_relu:", new Activation(Function.LEAKY_RELU, 0.01f)),
                Arguments.of("leaky_relu: {negative_slope: 1}", new Activation(Function.LEAKY_RELU, 1f)),
                Arguments.of(
                        "max_pool: {kernel_size: 2}",
                        new MaximumPooling(new PoolingWindow(ONE, two, two, Rounding.FLOOR))),
                Arguments.of(
                        "max_pool1d: {kernel_size: 3, stride: 2, padding: 1, dilation: 2, ceil_mode: true}",
                        new MaximumPooling(new PoolingWindow(ONE, ONE, three.withDilation(2), Rounding.CEILING))),
                Arguments.of(
                        "max_pool3d: {kernel_size: [1, 2, 3], stride: [1, 2, 2], padding: [0, 0, 1]}",
                        new MaximumPooling(new PoolingWindow(AxisGeometry.of(1), two, three, Rounding.FLOOR))),
                Arguments.of(
                        "avg_pool: {kernel_size: [3, 2], stride: 2, padding: [1, 0]}",
                        new AveragePooling(
                                new PoolingWindow(ONE, three, two, Rounding.FLOOR), Divisor.PADDING_INCLUDED, 0)),
                Arguments.of(
                        "avg_pool2d: {kernel_size: 2, count_include_pad: false}",
                        new AveragePooling(
                                new PoolingWindow(ONE, two, two, Rounding.FLOOR), Divisor.PADDING_EXCLUDED, 0)),
                Arguments.of(
                        "avg_pool2d: {kernel_size: 2, divisor_override: -3}",
                        new AveragePooling(new PoolingWindow(ONE, two, two, Rounding.FLOOR), Divisor.FIXED, -3)),
                Arguments.of("upsample: {scale_factor: 2}", new Upsampling(same, twice, twice, Interpolation.NEAREST)),
                Arguments.of(
                        "upsample: {size: [5, 6], mode: bilinear, align_corners: true}",
                        new Upsampling(
                                same, new ResizedAxis(5, 0), new ResizedAxis(6, 0), Interpolation.LINEAR_ALIGNED)),
                Arguments.of(
                        "upsample: {scale_factor: 2, mode: linear}",
                        new Upsampling(same, same, twice, Interpolation.LINEAR)),
                Arguments.of(
                        "upsample: {scale_factor: [2, 1.5, 2.0], mode: trilinear}",
                        new Upsampling(twice, new ResizedAxis(0, 1.5), twice, Interpolation.LINEAR)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layersWithoutWeights")
    void readsLayersWithoutWeights(String operation, Layer expected) {
        NetworkFile file = load("input: {channels: 3}\nlayers:\n  - name: a\n    " + operation);
        assertThat(file.network().node("a").layer()).isEqualTo(expected);
        assertThat(file.network().node("a").inputs()).containsExactly("input");
    }

    static Stream<Arguments> geometries() {
        AxisGeometry three = AxisGeometry.of(3);
        PaddingMode zeros = PaddingMode.ZEROS;
        return Stream.of(
                Arguments.of(
                        "conv2d: {in_channels: 4, out_channels: 6, kernel_size: 3}",
                        new int[] {6, 4, 3, 3},
                        new ConvolutionGeometry(4, 6, 1, ONE, three, three, zeros)),
                Arguments.of(
                        "conv1d: {in_channels: 4, out_channels: 6, kernel_size: [3], groups: 2, padding: 1,"
                                + " padding_mode: circular}",
                        new int[] {6, 2, 3},
                        new ConvolutionGeometry(4, 6, 2, ONE, ONE, three.withPadding(1, 1), PaddingMode.CIRCULAR)),
                Arguments.of(
                        "conv3d: {in_channels: 4, out_channels: 6, kernel_size: [1, 2, 3], stride: [3, 2, 1],"
                                + " dilation: [1, 1, 2], padding: [0, [1, 2], 3]}",
                        new int[] {6, 4, 1, 2, 3},
                        new ConvolutionGeometry(
                                4,
                                6,
                                1,
                                AxisGeometry.of(1).withStride(3),
                                AxisGeometry.of(2).withStride(2).withPadding(1, 2),
                                three.withDilation(2).withPadding(3, 3),
                                zeros)),
                Arguments.of(
                        "conv2d: {in_channels: 4, out_channels: 6, kernel_size: [4, 3], padding: same}",
                        new int[] {6, 4, 4, 3},
                        new ConvolutionGeometry(
                                4, 6, 1, ONE, AxisGeometry.of(4).withPadding(1, 2), three.withPadding(1, 1), zeros)),
                Arguments.of(
                        "conv2d: {in_channels: 4, out_channels: 6, kernel_size: 3, padding: valid}",
                        new int[] {6, 4, 3, 3},
                        new ConvolutionGeometry(4, 6, 1, ONE, three, three, zeros)),
                Arguments.of(
                        "conv_transpose2d: {in_channels: 4, out_channels: 6, kernel_size: 3, stride: 2, groups: 2,"
                                + " padding: [1, [0, 1]], output_padding: [1, 0]}",
                        new int[] {4, 3, 3, 3},
                        new ConvolutionGeometry(
                                4,
                                6,
                                2,
                                ONE,
                                three.withStride(2).withPadding(1, 1).withOutputPadding(1),
                                three.withStride(2).withPadding(0, 1),
                                zeros)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("geometries")
    void readsConvolutions(String operation, int[] weightShape, ConvolutionGeometry expected) {
        NetworkFile file = load(
                "input: {channels: 4}\nweights: w.safetensors\nlayers: [{name: a, " + operation + "}]",
                zeros("a.weight", weightShape),
                zeros("a.bias", 6));
        ConvolutionLayer layer = (ConvolutionLayer) file.network().node("a").layer();
        assertThat(layer.operator().geometry()).isEqualTo(expected);
        assertThat(layer.parameters()).isEqualTo(Arrays.stream(weightShape).reduce(1, (a, b) -> a * b) + 6L);
    }

    @Test
    void readsTensorsByPrefixAndListsThoseThatNoLayerReads() {
        NetworkFile file = load(
                """
                input: {channels: 1}
                weights: w.safetensors
                layers:
                  - {name: edges, weights: features.0, conv2d: {in_channels: 1, out_channels: 1, kernel_size: 1}}
                  - {name: again, weights: "", conv2d: {in_channels: 1, out_channels: 1, kernel_size: 1, bias: false}}
                """,
                new Parameter("classifier.weight", new int[] {1}, new float[] {9}),
                new Parameter("features.0.weight", new int[] {1, 1, 1, 1}, new float[] {2}),
                new Parameter("features.0.bias", new int[] {1}, new float[] {3}),
                new Parameter("weight", new int[] {1, 1, 1, 1}, new float[] {10}),
                new Parameter("num_batches_tracked", new int[] {}, new float[] {1}));
        assertThat(file.unreadWeights()).containsExactly("classifier.weight", "num_batches_tracked");
        FeatureMap pixel = new FeatureMap(new Shape(1, 1, 1, 1), new float[] {5});
        assertThat(NetworkRun.layer(file.network(), pixel, "edges").values()).containsExactly(13f);
        assertThat(NetworkRun.layer(file.network(), pixel, "again").values()).containsExactly(130f);
    }

    @Test
    void readsBatchNormalization() {
        String yaml = "input: {channels: 2}\nweights: w.safetensors\n"
                + "layers: [{name: n, batch_norm2d: {num_features: 2, eps: 1}}]";
        Parameter[] tensors = {
            new Parameter("n.weight", new int[] {2}, new float[] {1, 2}),
            new Parameter("n.bias", new int[] {2}, new float[] {3, 4}),
            new Parameter("n.running_mean", new int[] {2}, new float[] {5, 6}),
            new Parameter("n.running_var", new int[] {2}, new float[] {3, 15})
        };
        BatchNormalization affine =
                (BatchNormalization) load(yaml, tensors).network().node("n").layer();
        assertThat(affine.factor()).containsExactly(0.5f, 0.5f);
        assertThat(affine.addend()).containsExactly(0.5f, 1f);
        NetworkFile plain = load(yaml.replace("eps: 1", "eps: 1, affine: false"), tensors);
        BatchNormalization layer =
                (BatchNormalization) plain.network().node("n").layer();
        assertThat(layer.factor()).containsExactly(0.5f, 0.25f);
        assertThat(layer.addend()).containsExactly(-2.5f, -1.5f);
        assertThat(plain.unreadWeights()).containsExactly("n.weight", "n.bias");
    }

    @Test
    void readsTheGraphAndFollowsItsChannels() {
        Network network = load("""
                        input: {channels: 3}
                        layers:
                          - {name: gradient, filter: sobel}
                          - {name: same, from: input, filter: {identity: }}
                          - {name: all, from: [gradient, same, input], concat: {dim: 1}}
                          - {name: twice, from: [all, all], add: {}}
                          - {name: waves, filter: {gabor: {orientations: 2, size: 5}}}
                          - {name: half, from: [gradient], max_pool: {kernel_size: 2}}
                        """).network();
        assertThat(network.node("all").layer()).isEqualTo(new Concatenation());
        assertThat(network.node("all").inputs()).containsExactly("gradient", "same", "input");
        assertThat(network.node("twice").layer()).isEqualTo(new Arithmetic(Arithmetic.Operation.ADD));
        assertThat(network.outputs()).containsExactly("waves", "half");
        assertThat(network.shapes(new Shape(3, 1, 10, 12), network.nodes()))
                .containsEntry("gradient", new Shape(6, 1, 10, 12))
                .containsEntry("twice", new Shape(12, 1, 10, 12))
                .containsEntry("waves", new Shape(24, 1, 10, 12))
                .containsEntry("half", new Shape(6, 1, 5, 6));
    }

    @Test
    void readsLayersWithGlobalReachAndBroadcasting() {
        Network network = load("""
                        input: {channels: 2}
                        layers:
                          - {name: mean, adaptive_avg_pool2d: {output_size: 1}}
                          - {name: scaled, from: [mean, input], mul: {}}
                          - {name: most, adaptive_max_pool: {output_size: [1, 1]}}
                        """).network();
        assertThat(network.node("mean").layer()).isEqualTo(new GlobalPooling(GlobalPooling.Function.AVERAGE, 2));
        assertThat(network.node("most").layer()).isEqualTo(new GlobalPooling(GlobalPooling.Function.MAXIMUM, 2));
        FeatureMap map = new FeatureMap(new Shape(2, 1, 1, 3), new float[] {1, 2, 6, -1, 0, 4});
        assertThat(NetworkRun.layer(network, map, "scaled").values()).containsExactly(3f, 6f, 18f, -1f, 0f, 4f);
        assertThat(NetworkRun.layer(network, map, "most").values()).containsExactly(18f, 4f);
    }

    @Test
    void aFilterIsADepthwiseConvolutionReflectedAtTheEdges() {
        Network network = load("input: {channels: 2}\nlayers: [{name: g, filter: {sobel: {direction: x}}}]")
                .network();
        ConvolutionLayer layer = (ConvolutionLayer) network.node("g").layer();
        AxisGeometry three = AxisGeometry.of(3).withPadding(1, 1);
        assertThat(layer.operator().geometry())
                .isEqualTo(new ConvolutionGeometry(2, 2, 2, ONE, three, three, PaddingMode.REFLECT));
        FeatureMap ramp = new FeatureMap(new Shape(2, 1, 2, 3), new float[] {0, 1, 2, 0, 1, 2, 5, 5, 5, 5, 5, 5});
        assertThat(NetworkRun.layer(network, ramp, "g").values())
                .containsExactly(0f, 8f, 0f, 0f, 8f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
    }

    @Test
    void aFiltersPaddingModeCanBeChosen() {
        Network network = load("input: {channels: 1}\nlayers: [{name: g, filter: {box: {padding_mode: circular}}}]")
                .network();
        assertThat(network.node("g").layer().padding().mode()).isEqualTo(PaddingMode.CIRCULAR);
    }

    @Test
    void readsTheInput() {
        Network network =
                load("input: {channels: 3, scale: 0.5, mean: 0.25, std: [1, 2, -4]}\nlayers: [{name: a, relu: {}}]")
                        .network();
        assertThat(network.input().channels()).isEqualTo(3);
        assertThat(network.input().scale()).isEqualTo(0.5f);
        assertThat(network.input().mean()).containsExactly(0.25f, 0.25f, 0.25f);
        assertThat(network.input().standardDeviation()).containsExactly(1f, 2f, -4f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resize: 256                          | Resize[size=ShorterSide[pixels=256], filter=BILINEAR, method=PILLOW]
            resize: {shorter: 9, filter: box}    | Resize[size=ShorterSide[pixels=9], filter=BOX, method=PILLOW]
            resize: {size: 5, as: torchvision}   | Resize[size=ExactSize[height=5, width=5], filter=BILINEAR, method=TORCHVISION]
            resize: {size: [5, 6], as: torchvision, filter: bicubic, antialias: false} | Resize[size=ExactSize[height=5, width=6], filter=BICUBIC, method=TORCHVISION_ALIASED]
            center_crop: 224                     | CenterCrop[height=224, width=224]
            center_crop: [3, 4], resize: 256     | Resize[size=ShorterSide[pixels=256], filter=BILINEAR, method=PILLOW], CenterCrop[height=3, width=4]
            resize: none                         | ''
            """)
    void readsSizes(String input, String changes) {
        Network network = load("input: {channels: 3, " + input + "}\nlayers: [{name: a, relu: {}}]")
                .network();
        assertThat(network.input().sizeChanges()).hasToString("[" + changes + "]");
        assertThat(network.input().channelOrder()).isEqualTo(ChannelOrder.RGB);
    }

    @Test
    void preprocessingIsChangedKeyByKey() {
        InputSpecification input =
                load("input: {channels: 3, channel_order: bgr, resize: 256, center_crop: 224, scale: 2, mean: 3, std: 4}"
                                + "\nlayers: [{name: a, relu: {}}]")
                        .network()
                        .input();
        assertThat(input.channelOrder()).isEqualTo(ChannelOrder.BGR);

        InputSpecification sizes = InputReader.changed(input, "{resize: none, center_crop: [7, 8]}");
        assertThat(sizes.sizeChanges()).containsExactly(new CenterCrop(7, 8));
        assertThat(sizes.sized(new Shape(3, 1, 300, 400))).isEqualTo(new Shape(3, 1, 7, 8));
        assertThat(sizes.mean()).containsExactly(3, 3, 3);
        assertThat(sizes.channelOrder()).isEqualTo(ChannelOrder.BGR);

        InputSpecification values = InputReader.changed(input, "{mean: [1, 2, 3], std: 5, channel_order: rgb}");
        assertThat(values.sized(new Shape(3, 1, 300, 400))).isEqualTo(new Shape(3, 1, 224, 224));
        assertThat(values.scale()).isEqualTo(2);
        assertThat(values.mean()).containsExactly(1, 2, 3);
        assertThat(values.standardDeviation()).containsExactly(5, 5, 5);
        assertThat(values.channelOrder()).isEqualTo(ChannelOrder.RGB);
        assertThat(InputReader.changed(input, "{}")).usingRecursiveComparison().isEqualTo(input);
    }

    @Test
    void anInputWithoutPreprocessingKeepsItsPixels() {
        Network network =
                load("input: {channels: 2}\nlayers: [{name: a, relu: {}}]").network();
        assertThat(network.input().scale()).isEqualTo(1f);
        assertThat(network.input().mean()).containsExactly(0f, 0f);
        assertThat(network.input().standardDeviation()).containsExactly(1f, 1f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{channels: 1}                | max_pool: {kernel_size: 2}   | max_pool: {kernel_size: 2}   | 2",
                "{channels: 1}                | max_pool: {kernel_size: 2}   | avg_pool3d: {kernel_size: 2} | 3",
                "{channels: 1}                | avg_pool1d: {kernel_size: 2} | avg_pool3d: {kernel_size: 2} | 1",
                "{channels: 1, dimensions: 3} | avg_pool1d: {kernel_size: 2} | relu: {}                     | 3"
            })
    void dimensionsAreGivenOrThoseOfTheFirstLayerThatNamesThem(
            String input, String first, String second, int dimensions) {
        NetworkFile file = load(
                "input: " + input + "\nlayers:\n  - name: a\n    " + first + "\n  - name: b\n    " + second + "\n");
        assertThat(file.dimensions()).isEqualTo(dimensions);
    }

    @Test
    void layersWithoutDimensionTakeThatOfTheNetwork() {
        Network network = load("""
                        input: {channels: 1}
                        layers:
                          - {name: pool, max_pool: {kernel_size: 2}}
                          - {name: up, upsample: {scale_factor: 3}}
                          - {name: last, max_pool3d: {kernel_size: 1}}
                        """).network();
        assertThat(network.shapes(new Shape(1, 4, 6, 8), network.nodes()))
                .containsEntry("last", new Shape(1, 6, 9, 12));
    }

    /** Values from PyTorch's formulas, computed in double precision. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relu6: {}                   | 7  | 6",
                "clamp: {min: -1}            | -3 | -1",
                "clamp: {min: -1, max: 2.5}  | 3  | 2.5",
                "hardtanh: {}                | 3  | 1",
                "hardtanh: {min_val: -2}     | -3 | -2",
                "silu: {}                    | 2  | 1.7615941559557649",
                "hardswish: {}               | 1  | 0.6666666666666666",
                "hardsigmoid: {}             | 1  | 0.6666666666666666",
                "softplus: {}                | 1  | 1.3132616875182228",
                "softsign: {}                | -3 | -0.75",
                "mish: {}                    | 1  | 0.8650983882673103",
                "elu: {alpha: 2}             | -1 | -1.2642411176571153",
                "celu: {alpha: 2}            | -1 | -0.7869386805747332",
                "selu: {}                    | -1 | -1.1113307378125625",
                "gelu: {}                    | 1  | 0.8413447460685429",
                "gelu: {approximate: tanh}   | 1  | 0.8411919906082768",
                "neg: {}                     | 2  | -2",
                "sqrt: {}                    | 2  | 1.4142135623730951",
                "identity: {}                | -2 | -2",
                "prelu: {}                   | -2 | -0.5",
                "local_response_norm: {size: 1, alpha: 2, beta: 0.5, k: 1} | 2  | 0.6666666666666666"
            })
    void functions(String operation, float value, double expected) {
        Network network = load(
                        "input: {channels: 1}\nweights: w.safetensors\nlayers: [{name: a, " + operation + "}]",
                        new Parameter("a.weight", new int[] {1}, new float[] {0.25f}))
                .network();
        FeatureMap map = new FeatureMap(new Shape(1, 1, 1, 1), new float[] {value});
        assertThat((double) NetworkRun.layer(network, map, "a").values()[0])
                .isCloseTo(expected, org.assertj.core.data.Offset.offset(3e-7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pixel_shuffle: {upscale_factor: 2} | 1 × 2 × 4 | 1, 3, 2, 4, 5, 7, 6, 8",
                "zero_pad2d: {padding: [1, -1, 0, 1]} | 4 × 2 × 2 | 0, 1, 0, 0, 0, 3, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0",
                "reflection_pad: {padding: [0, 1, 0, 0]} | 4 × 1 × 3 | 1, 2, 1, 3, 4, 3, 5, 6, 5, 7, 8, 7",
                "constant_pad1d: {padding: [1, -1], value: 9} | 4 × 1 × 2 | 9, 1, 9, 3, 9, 5, 9, 7",
                "flatten: {} | 8 × 1 × 1 | 1, 2, 3, 4, 5, 6, 7, 8",
                "sub: {} | 4 × 1 × 2 | 0, 0, 0, 0, 0, 0, 0, 0",
                "maximum: {} | 4 × 1 × 2 | 1, 2, 3, 4, 5, 6, 7, 8",
                "cat: {dim: 2} | 4 × 2 × 2 | 1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8",
                "cat: {dim: 3} | 4 × 1 × 4 | 1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8",
                "upsample: {size: [1, 2], mode: bicubic} | 4 × 1 × 2 | 1, 2, 3, 4, 5, 6, 7, 8",
                "cat: {dim: 1} | 8 × 1 × 2 | 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8"
            })
    void mapsOfOtherShapes(String operation, String shape, String values) {
        boolean readsTwo = operation.matches("(sub|maximum|cat):.*");
        Network network = load("input: {channels: 4, dimensions: 2}\nlayers: [{name: a, "
                        + (readsTwo ? "from: [input, input], " : "") + operation + "}]")
                .network();
        FeatureMap map = new FeatureMap(new Shape(4, 1, 1, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        FeatureMap actual = NetworkRun.layer(network, map, "a");
        assertThat(actual.shape()).hasToString(shape);
        assertThat(actual.values())
                .containsExactly(
                        Arrays.stream(values.split(", ")).map(Float::valueOf).toArray(Float[]::new));
    }

    private static Parameter zeros(String name, int... shape) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return new Parameter(name, shape, new float[count]);
    }

    private static NetworkFile load(String yaml, Parameter... tensors) {
        return NetworkFile.load(
                "net.yaml", yaml, name -> WeightFiles.open(name, SafetensorsWriter.write(List.of(tensors))));
    }
}
