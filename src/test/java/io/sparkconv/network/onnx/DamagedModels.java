package io.sparkconv.network.onnx;

import io.sparkconv.SeededRandom;
import io.sparkconv.network.Network;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.onnx.OnnxFormat.AttributeProto;
import org.onnx.OnnxFormat.GraphProto;
import org.onnx.OnnxFormat.ModelProto;
import org.onnx.OnnxFormat.NodeProto;
import org.onnx.OnnxFormat.TensorProto;

/**
 * Damages models in seeded ways and uses each: it must run, or be refused in one line, within five seconds. Run in a JVM of
 * its own with 1 GiB.
 */
final class DamagedModels {
    private static final int SECONDS = 5;
    private static final double MOST_PRODUCTS = 5e8;
    private static final long MOST_VALUES = 1 << 24;

    private final SeededRandom random;
    private final List<Path> models;
    private final Path folder;

    private DamagedModels(long seed, List<Path> models, Path folder) {
        this.random = new SeededRandom(seed);
        this.models = models;
        this.folder = folder;
    }

    /** Arguments: seed, count, folder for files, folders of cases. */
    public static void main(String[] arguments) throws Exception {
        List<Path> models = Stream.of(arguments)
                .skip(3)
                .flatMap(each -> OnnxCase.readAll(Path.of(each)).stream())
                .map(each -> each.folder().resolve("model.onnx"))
                .filter(DamagedModels::isNetwork)
                .toList();
        DamagedModels damaged = new DamagedModels(Long.parseLong(arguments[0]), models, Path.of(arguments[2]));
        int failures = 0;
        int ran = 0;
        int count = Integer.parseInt(arguments[1]);
        ExecutorService executor = Executors.newCachedThreadPool();
        for (int i = 0; i < count; i++) {
            Path source = damaged.random.pick(models.toArray(Path[]::new));
            byte[] bytes = damaged.damaged(Files.readAllBytes(source));
            Path file = Files.write(damaged.folder.resolve("damaged.onnx"), bytes);
            long begin = System.nanoTime();
            Future<String> future = executor.submit(() -> outcome(file));
            String outcome;
            try {
                outcome = future.get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                outcome = "not done after " + SECONDS + " s";
            } catch (ExecutionException e) {
                outcome = "throws " + e.getCause();
            }
            boolean isRefusal = outcome.startsWith("Cannot ") && outcome.lines().count() == 1;
            ran += outcome.isEmpty() ? 1 : 0;
            if (!outcome.isEmpty() && !isRefusal) {
                failures++;
                System.out.println("damage " + i + " of " + source.getParent().getFileName() + ": " + outcome + " ("
                        + (System.nanoTime() - begin) / 1_000_000 + " ms)");
            }
        }
        System.out.println(ran + " ran, " + (count - ran - failures) + " refused, " + failures + " failed of " + count);
        System.exit(failures == 0 ? 0 : 1);
    }

    /** Models that are refused as they are would be refused for the same reason when damaged. */
    private static boolean isNetwork(Path model) {
        try {
            OnnxNetwork.load(model);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Empty where it ran, else why it was refused. */
    private static String outcome(Path file) {
        OnnxNetwork loaded;
        try {
            loaded = OnnxNetwork.load(file);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        Network network = loaded.network().at(loaded.usualImage());
        Map<String, Shape> shapes = network.shapes(loaded.usualImage(), network.nodes());
        double products = network.nodes().stream()
                .mapToDouble(node -> node.layer().productsPerPixel()
                        * shapes.get(node.name()).pixels())
                .sum();
        long values = shapes.values().stream().mapToLong(Shape::elements).sum();
        if (products > MOST_PRODUCTS || values > MOST_VALUES) {
            return "";
        }
        try {
            NetworkRun.whole(network, FeatureMap.zeros(loaded.usualImage()));
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private byte[] damaged(byte[] bytes) throws IOException {
        return switch (random.between(0, 5)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, random.between(0, bytes.length - 1));
            case 2 -> cut(bytes);
            default -> edited(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = random.between(1, 20); i > 0; i--) {
            // where the structure is, not the weights, in half of all cases
            int end = random.onceIn(2) ? Math.min(bytes.length, 400) : bytes.length;
            flipped[random.between(0, end - 1)] ^= (byte) (1 << random.between(0, 7));
        }
        return flipped;
    }

    private byte[] cut(byte[] bytes) {
        int begin = random.between(0, bytes.length - 1);
        int end = Math.min(bytes.length, begin + random.between(1, 50));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - (end - begin));
        System.arraycopy(bytes, end, cut, begin, bytes.length - end);
        return cut;
    }

    private byte[] edited(byte[] bytes) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        for (int i = random.between(1, 3); i > 0; i--) {
            switch (random.between(0, 5)) {
                case 0 -> cycle(graph);
                case 1 -> shape(graph);
                case 2 -> attribute(graph);
                case 3 -> input(graph);
                case 4 -> {
                    int node = random.between(0, graph.getNodeCount() - 1);
                    graph.getNodeBuilder(node).setOpType(random.pick("Conv", "Reshape", "Softmax", "Resize", "If", ""));
                }
                default ->
                    model.setOpsetImport(
                            0, model.getOpsetImport(0).toBuilder().setVersion(random.oneOf(1, 6, 9, 12, 22, 99)));
            }
        }
        return model.build().toByteArray();
    }

    private void cycle(GraphProto.Builder graph) {
        NodeProto.Builder node = graph.getNodeBuilder(random.between(0, graph.getNodeCount() - 1));
        NodeProto other = graph.getNode(random.between(0, graph.getNodeCount() - 1));
        if (node.getInputCount() > 0 && other.getOutputCount() > 0) {
            node.setInput(random.between(0, node.getInputCount() - 1), other.getOutput(0));
        }
    }

    private long extent() {
        return random.pick(-1L, 0L, 1L, 2L, 7L, 1000L, 70_000L, 1L << 30, 1L << 31, 1L << 62, Long.MIN_VALUE);
    }

    private void shape(GraphProto.Builder graph) {
        if (graph.getInitializerCount() == 0 || random.onceIn(3)) {
            var type = graph.getInputBuilder(random.between(0, graph.getInputCount() - 1))
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder();
            if (type.getDimCount() > 0) {
                type.getDimBuilder(random.between(0, type.getDimCount() - 1)).setDimValue(extent());
            }
            return;
        }
        TensorProto.Builder tensor = graph.getInitializerBuilder(random.between(0, graph.getInitializerCount() - 1));
        if (tensor.getDimsCount() > 0) {
            tensor.setDims(random.between(0, tensor.getDimsCount() - 1), extent());
        }
        if (tensor.getInt64DataCount() > 0) {
            tensor.setInt64Data(random.between(0, tensor.getInt64DataCount() - 1), extent());
        }
    }

    private void attribute(GraphProto.Builder graph) {
        NodeProto.Builder node = graph.getNodeBuilder(random.between(0, graph.getNodeCount() - 1));
        if (node.getAttributeCount() == 0) {
            return;
        }
        AttributeProto.Builder attribute = node.getAttributeBuilder(random.between(0, node.getAttributeCount() - 1));
        if (attribute.getIntsCount() > 0) {
            attribute.setInts(random.between(0, attribute.getIntsCount() - 1), extent());
        } else if (attribute.hasI()) {
            attribute.setI(extent());
        } else if (random.onceIn(2)) {
            node.removeAttribute(0);
        } else {
            attribute.setType(random.pick(AttributeProto.AttributeType.values()));
        }
    }

    private void input(GraphProto.Builder graph) {
        NodeProto.Builder node = graph.getNodeBuilder(random.between(0, graph.getNodeCount() - 1));
        if (node.getInputCount() > 0) {
            node.setInput(random.between(0, node.getInputCount() - 1), random.pick("", "nowhere", "input", "x"));
        }
    }
}
