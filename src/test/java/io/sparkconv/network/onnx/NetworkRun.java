package io.sparkconv.network.onnx;

import io.sparkconv.network.Layer;
import io.sparkconv.network.Network;
import io.sparkconv.network.evaluation.ImageBatch;
import io.sparkconv.network.evaluation.Tensor;
import io.sparkconv.plan.FusedGroup;
import io.sparkconv.plan.TilePasses;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import io.sparkconv.tile.TileGrid;
import io.sparkconv.tile.TileSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the network of a model on one image, whole and in tiles. */
final class NetworkRun {
    private NetworkRun() {}

    /** The outputs of the network that are tensors in the map's order, compared with those that are expected; empty if all agree. */
    static Optional<String> failure(OnnxModel model, OnnxCase.DataSet data) {
        List<GraphInput> inputs = model.graph().inputs();
        Tensor input = data.inputs().isEmpty() ? null : data.inputs().get(0);
        boolean isImage = inputs.size() == 1
                && input != null
                && inputs.get(0).shape() != null
                && inputs.get(0).shape().length == input.rank()
                && input.rank() > 2
                && input.rank() < 6
                && input.shape()[0] == 1
                && input.size() > 0;
        if (!isImage) {
            return Optional.empty();
        }
        ImageGraph graph = new ImageGraph(model.graph(), ImageInput.of(inputs.get(0)));
        if (!graph.input().axes().equals(MapAxis.usual(input.rank()))) {
            return Optional.empty();
        }
        int[] shape = input.shape();
        int last = shape.length - 1;
        Shape image = new Shape(shape[1], last > 3 ? shape[2] : 1, last > 2 ? shape[last - 1] : 1, shape[last]);
        NetworkBuilder.Built built = graph.build(image).build();
        Network network =
                new Network(io.sparkconv.network.InputSpecification.unscaled(shape[1]), built.nodes(), built.outputs());
        FeatureMap map = new FeatureMap(image, input.floats());
        Map<String, FeatureMap> whole = whole(network, map);
        for (int i = 0; i < model.outputs().size(); i++) {
            MapValue value = built.values().get(model.outputs().get(i));
            if (value == null
                    || value.layer().equals(Network.INPUT)
                    || !(value.axes() == null || value.liesOn(MapAxis.usual(value.shape().length)))) {
                continue;
            }
            Optional<String> worst = OnnxCase.worst(
                    whole.get(value.layer()).values(), data.outputs().get(i).floats(), OnnxCase.isNetwork(model));
            if (worst.isPresent()) {
                return Optional.of("as a network: " + worst.get());
            }
        }
        int parts = OnnxCase.isNetwork(model) ? 2 : 3;
        int extent = Math.max(2, (Math.max(image.height(), image.width()) + parts - 1) / parts);
        Map<String, FeatureMap> tiled = tiled(network, map, TileSize.of(extent + "x" + extent));
        for (String output : network.outputs()) {
            if (!java.util.Arrays.equals(
                    io.sparkconv.RawBits.of(whole.get(output).values()),
                    io.sparkconv.RawBits.of(tiled.get(output).values()))) {
                return Optional.of("in tiles of " + extent + " output '" + output + "' has other bits than whole");
            }
        }
        return Optional.empty();
    }

    /** The layers for an image of the tensor's shape (batch, channel, space…). */
    static List<Layer> layers(OnnxModel model, Tensor input) {
        ImageGraph graph = new ImageGraph(
                model.graph(), ImageInput.of(model.graph().inputs().get(0)));
        NetworkBuilder.Built built =
                graph.build(ImageBatch.shape(input.shape())).build();
        return built.nodes().stream()
                .map(node -> built.sized().getOrDefault(node.name(), node.layer()))
                .toList();
    }

    static Map<String, FeatureMap> whole(Network network, FeatureMap image) {
        FusedGroup group = FusedGroup.of(network, image.shape(), network.outputs());
        Map<String, Region> targets = new LinkedHashMap<>();
        network.outputs().forEach(output -> targets.put(output, Region.ofMap(group.shape(output))));
        Map<String, FeatureMap> maps = new LinkedHashMap<>();
        group.compute(Tile.ofMap(image), targets).forEach((name, tile) -> maps.put(name, tile.featureMap()));
        return maps;
    }

    /** Tile by tile, as an image in one row is computed. */
    static Map<String, FeatureMap> tiled(Network network, FeatureMap image, TileSize size) {
        TileGrid grid = TileGrid.of(image.shape(), size);
        TilePasses passes = TilePasses.of(network, image.shape(), network.outputs());
        Workspace workspace = new Workspace();
        Map<String, Tile> sources = passes.gather(Tile.ofMap(image), grid, workspace);
        List<FusedGroup> groups = passes.groups(grid);
        FusedGroup last = groups.get(groups.size() - 1);
        Map<String, Tile> maps = new LinkedHashMap<>();
        network.outputs().forEach(output -> {
            Shape map = passes.shape(output);
            maps.put(output, Tile.ofMap(FeatureMap.zeros(map)));
        });
        for (long tile = 0; tile < grid.count(); tile++) {
            Map<String, Region> targets = new LinkedHashMap<>();
            for (String output : network.outputs()) {
                targets.put(output, grid.region(tile, passes.shape(output)));
            }
            last.compute(sources, Map.of(), targets, workspace)
                    .forEach((name, part) -> part.copyTo(part.region(), maps.get(name), part.region()));
        }
        Map<String, FeatureMap> results = new LinkedHashMap<>();
        maps.forEach((name, tile) -> results.put(name, tile.featureMap()));
        return results;
    }
}
