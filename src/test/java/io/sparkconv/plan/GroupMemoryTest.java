package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sparkconv.SeededRandom;
import io.sparkconv.conv.AxisGeometry;
import io.sparkconv.conv.Convolution;
import io.sparkconv.conv.ConvolutionGeometry;
import io.sparkconv.kernel.MicroKernelProvider;
import io.sparkconv.network.Activation;
import io.sparkconv.network.Arithmetic;
import io.sparkconv.network.BatchNormalization;
import io.sparkconv.network.ConvolutionLayer;
import io.sparkconv.network.GlobalPooling;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.Layer;
import io.sparkconv.network.MaximumPooling;
import io.sparkconv.network.Network;
import io.sparkconv.network.Network.Node;
import io.sparkconv.network.PoolingWindow;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arrays that maps between layers share: little more than the maps that are alive at one time, and the same ones every time. */
class GroupMemoryTest {
    /** For small objects; two maps of 64 channels at the end of a block of an image of 96 × 96 have as many bytes. */
    private static final long MOST_ALLOCATED = 2 * 24 * 24 * 64 * 4;

    private static final Duration MOST_WARM_UP = Duration.ofSeconds(60);

    private final SeededRandom random = SeededRandom.announced(this);
    private final List<Node> nodes = new ArrayList<>();

    private String add(Layer layer, String... inputs) {
        String name = "layer" + nodes.size();
        nodes.add(new Node(name, layer, List.of(inputs)));
        return name;
    }

    private String convolution(String from, int inputs, int outputs, int kernel, int stride) {
        AxisGeometry axis = AxisGeometry.of(kernel).withStride(stride).withPadding(kernel / 2, kernel / 2);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        String convolved =
                add(new ConvolutionLayer(new Convolution(geometry, random.values(geometry.weightCount()), null)), from);
        return add(new BatchNormalization(random.values(outputs), random.values(outputs)), convolved);
    }

    private String relu(String from) {
        return add(Activation.of(Activation.Function.RELU), from);
    }

    private String bottleneck(String from, int inputs, int inner, int outputs, int kernel, int stride) {
        String last = relu(convolution(from, inputs, inner, 1, 1));
        last = relu(convolution(last, inner, inner, kernel, stride));
        last = convolution(last, inner, outputs, 1, 1);
        String shortcut = inputs == outputs ? from : convolution(from, inputs, outputs, 1, stride);
        return relu(add(new Arithmetic(Arithmetic.Operation.ADD), last, shortcut));
    }

    /** As resnet50 (He and others, 2016), with the maps' extents, a quarter of the channels and two blocks a stage. */
    private FusedGroup resnet(Shape image) {
        return resnet(image, 3);
    }

    /** @param kernel of the convolution in the middle of each block */
    private FusedGroup resnet(Shape image, int kernel) {
        AxisGeometry axis = AxisGeometry.of(3).withStride(2).withPadding(1, 1);
        String last = relu(convolution(Network.INPUT, image.channels(), 16, 7, 2));
        last = add(
                new MaximumPooling(new PoolingWindow(AxisGeometry.IDENTITY, axis, axis, PoolingWindow.Rounding.FLOOR)),
                last);
        int channels = 16;
        for (int stage = 0; stage < 4; stage++) {
            int inner = 16 << stage;
            last = bottleneck(last, channels, inner, 4 * inner, kernel, stage == 0 ? 1 : 2);
            channels = 4 * inner;
            last = bottleneck(last, channels, inner, channels, kernel, 1);
        }
        last = add(GlobalPooling.of(GlobalPooling.Function.AVERAGE), last);
        Network network = Network.of(InputSpecification.unscaled(image.channels()), nodes);
        return FusedGroup.of(network, image, List.of(last));
    }

    private static Map<String, Region> whole(FusedGroup group) {
        String output = group.outputs().get(0);
        return Map.of(output, Region.ofMap(group.shape(output)));
    }

    @Test
    void arraysAreLittleMoreThanWhatIsAliveAtOneTime() {
        FusedGroup group = resnet(new Shape(3, 1, 224, 224));
        GroupRun run = group.run(whole(group));
        // the first block's end: the pooled map, which the shortcut reads, the sum's other part and the sum
        assertThat(run.longestAlive()).isEqualTo((16 + 64 + 64) * 56 * 56);
        assertThat((double) run.sharedValues()).isBetween(1.0 * run.longestAlive(), 1.3 * run.longestAlive());
    }

    /** resnet50 itself (He and others, 2016, table 1, with the strides in the 3 × 3 layers); no weight is looked at. */
    @Test
    void arraysOfResnet50AreLittleMoreThanWhatIsAliveAtOneTime() {
        AxisGeometry pooled = AxisGeometry.of(3).withStride(2).withPadding(1, 1);
        String last = add(
                new MaximumPooling(
                        new PoolingWindow(AxisGeometry.IDENTITY, pooled, pooled, PoolingWindow.Rounding.FLOOR)),
                relu(unweighted(Network.INPUT, 3, 64, 7, 2)));
        int channels = 64;
        int[] blocks = {3, 4, 6, 3};
        for (int stage = 0; stage < blocks.length; stage++) {
            int inner = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                String shortcut = block > 0 ? last : unweighted(last, channels, 4 * inner, 1, stride);
                last = relu(unweighted(last, channels, inner, 1, 1));
                last = relu(unweighted(last, inner, inner, 3, stride));
                last = unweighted(last, inner, 4 * inner, 1, 1);
                last = relu(add(new Arithmetic(Arithmetic.Operation.ADD), last, shortcut));
                channels = 4 * inner;
            }
        }
        last = add(GlobalPooling.of(GlobalPooling.Function.AVERAGE), last);
        last = unweighted(last, 2048, 1000, 1, 1);
        Network network = Network.of(InputSpecification.unscaled(3), nodes);
        FusedGroup group = FusedGroup.of(network, new Shape(3, 1, 224, 224), List.of(last));
        GroupRun run = group.run(whole(group));
        assertThat(run.longestAlive()).isEqualTo((64 + 256 + 256) * 56 * 56);
        assertThat((double) run.sharedValues()).isBetween(1.0 * run.longestAlive(), 1.3 * run.longestAlive());
    }

    private String unweighted(String from, int inputs, int outputs, int kernel, int stride) {
        AxisGeometry axis = AxisGeometry.of(kernel).withStride(stride).withPadding(kernel / 2, kernel / 2);
        ConvolutionGeometry geometry =
                new ConvolutionGeometry(inputs, outputs, 1, AxisGeometry.IDENTITY, axis, axis, PaddingMode.ZEROS);
        return add(new ConvolutionLayer(new Convolution(geometry, new float[geometry.weightCount()], null)), from);
    }

    @Test
    void layersOfAResidualBlockAreThreeCalls() {
        FusedGroup group = resnet(new Shape(3, 1, 32, 32));
        assertThat(group.stepNames())
                .startsWith(
                        "layer0 + layer1 + layer2",
                        "layer3",
                        "layer4 + layer5 + layer6",
                        "layer7 + layer8 + layer9",
                        "layer10 + layer11",
                        "layer12 + layer13 + layer14 + layer15");
        assertThat(group.steps()).hasSize(2 + 4 * (4 + 3) + 1);
    }

    @Test
    void aSecondRunAllocatesItsOutputsAlone() {
        // the scalar kernel makes an array for each transform of minimal filtering, which pointwise layers don't go
        // through
        boolean isVector =
                MicroKernelProvider.kernel().rows().getClass().getSimpleName().startsWith("Vector");
        FusedGroup group = resnet(new Shape(3, 1, 96, 96), isVector ? 3 : 1);
        Map<String, Tile> image = Map.of(Network.INPUT, Tile.ofMap(random.map(new Shape(3, 1, 96, 96))));
        Workspace workspace = new Workspace();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        group.compute(image, Map.of(), whole(group), workspace);
        long bytes = workspace.mapBytes();
        assertThat(bytes).isEqualTo(4 * group.run(whole(group)).sharedValues());
        // vectors are objects until the JIT has compiled what makes them
        long allocated = Long.MAX_VALUE;
        long begin = System.nanoTime();
        while (allocated > MOST_ALLOCATED && System.nanoTime() - begin < MOST_WARM_UP.toNanos()) {
            long before = threads.getThreadAllocatedBytes(thread);
            group.compute(image, Map.of(), whole(group), workspace);
            allocated = Math.min(allocated, threads.getThreadAllocatedBytes(thread) - before);
        }
        System.out.println("GroupMemoryTest: " + bytes + " bytes shared, " + allocated + " allocated by a second run");
        assertThat(workspace.mapBytes()).isEqualTo(bytes);
        assertThat(allocated).isLessThan(MOST_ALLOCATED);
    }
}
