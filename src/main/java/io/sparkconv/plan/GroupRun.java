package io.sparkconv.plan;

import io.sparkconv.network.LayoutAwareLayer;
import io.sparkconv.network.MemoryOrder;
import io.sparkconv.plan.MapBuffer.Owner;
import io.sparkconv.tensor.Layout;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.Workspace;
import io.sparkconv.tile.Interval;
import io.sparkconv.tile.Padding;
import io.sparkconv.tile.PaddingMode;
import io.sparkconv.tile.Region;
import io.sparkconv.tile.Tile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One computation of a group, for regions of its outputs: what each step reads and writes, in which layout, and where it lies. A
 * map is converted once where a reader needs another layout than it has. What leaves the group is planar and has an array of its
 * own; all else lies in arrays of the workspace.
 */
final class GroupRun {
    private static final Region EMPTY = new Region(Interval.ofExtent(0), Interval.ofExtent(0), Interval.ofExtent(0));

    private final FusedGroup group;
    private final Map<String, Region> targets;
    private final Map<String, Region> required;
    private final Map<String, Region> inside;
    private final Map<String, Region> around;
    private final Set<String> foreign = new HashSet<>();
    private final Map<String, MapBuffer> computed = new HashMap<>();
    private final Map<String, MapBuffer> converted = new HashMap<>();
    private final Map<String, Integer> lastReaders = new HashMap<>(); // of maps from outside
    private final List<MapBuffer> buffers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    /**
     * What a step reads.
     *
     * @param map its name
     * @param padding how it goes on beyond its edges
     * @param conversion it in another layout, or null
     * @param copy a padded copy, or null
     * @param place where it is taken from
     */
    private record Reading(String map, Padding padding, MapBuffer conversion, MapBuffer copy, Place place) {}

    private enum Place {
        COMPUTED,
        INSIDE,
        AROUND,
        NOWHERE
    }

    /** @param shapes of the whole inputs */
    private record Call(GroupStep step, List<Shape> shapes, List<Reading> readings, MapBuffer output) {}

    /**
     * @param targets wanted region of each output
     * @param inside region that is there of each map from outside
     * @param around the same, in coordinates that go on around the edge
     */
    GroupRun(FusedGroup group, Map<String, Region> targets, Map<String, Region> inside, Map<String, Region> around) {
        this.group = group;
        this.targets = targets;
        this.required = group.requiredRegions(targets);
        this.inside = inside;
        this.around = around;
        for (GroupStep step : group.steps()) {
            if (!(step.layer() instanceof LayoutAwareLayer)) {
                foreign.add(step.name());
                foreign.addAll(step.inputs());
            }
        }
        for (GroupStep step : group.steps()) {
            Region target = required.get(step.name());
            if (target != null) {
                add(step, target);
            }
        }
        List<MapBuffer> shared = shared();
        int[] numbers = ArrayUse.share(shared.stream().map(MapBuffer::use).toList());
        for (int i = 0; i < numbers.length; i++) {
            shared.get(i).place(numbers[i]);
        }
    }

    private List<MapBuffer> shared() {
        return buffers.stream()
                .filter(buffer -> buffer.owner() == Owner.WORKSPACE)
                .toList();
    }

    private void add(GroupStep step, Region target) {
        List<Shape> inputs = step.inputs().stream().map(group::shape).toList();
        Layout layout = group.layout(step.name());
        List<Reading> readings = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            readings.add(reading(step, input, inputs, target, layout));
        }
        boolean leaves = layout == Layout.PLANAR && target.equals(targets.get(step.name())) && isOutput(step.name());
        MapBuffer output = buffer(
                target, step.name(), layout, leaves || foreign.contains(step.name()) ? Owner.ITSELF : Owner.WORKSPACE);
        if (leaves) {
            output.readAt(Integer.MAX_VALUE);
        }
        computed.put(step.name(), output);
        calls.add(new Call(step, inputs, readings, output));
    }

    private boolean isOutput(String map) {
        return group.outputs().contains(map)
                && targets.containsKey(map)
                && !targets.get(map).isEmpty();
    }

    private MapBuffer buffer(Region region, String map, Layout layout, Owner owner) {
        MapBuffer buffer = new MapBuffer(region, group.shape(map).channels(), layout, owner, calls.size());
        buffers.add(buffer);
        return buffer;
    }

    private Reading reading(GroupStep step, int input, List<Shape> inputs, Region target, Layout output) {
        String map = step.inputs().get(input);
        Padding padding = step.layer().padding(input);
        Region wanted = step.layer().requiredSource(target, input, inputs);
        if (padding.mode() == PaddingMode.CIRCULAR && around.containsKey(map)) {
            lastReaders.put(map, calls.size());
            return new Reading(map, padding, null, null, Place.AROUND);
        }
        Place place = Place.NOWHERE;
        Region available = EMPTY;
        Layout layout = Layout.PLANAR;
        if (computed.containsKey(map)) {
            place = Place.COMPUTED;
            available = computed.get(map).region();
            layout = computed.get(map).layout();
        } else if (inside.containsKey(map)) {
            place = Place.INSIDE;
            available = inside.get(map);
        }
        Layout read = layout(step, input, inputs, layout, output);
        MapBuffer conversion = null;
        if (place != Place.NOWHERE && read != layout && !available.isEmpty() && required.containsKey(map)) {
            // of a tile from outside only what is needed: it may be the whole image
            available = required.get(map).intersect(available);
            Region region = available;
            if (!converted.containsKey(map)) {
                reads(map, place);
            }
            conversion = converted.computeIfAbsent(
                    map, name -> buffer(region, name, read, foreign.contains(name) ? Owner.ITSELF : Owner.WORKSPACE));
            conversion.readAt(calls.size());
        } else {
            reads(map, place);
        }
        Region needed = padding.sourceOf(wanted, Region.ofMap(inputs.get(input)));
        boolean isEnough = step.layer().padsByItself() && !needed.isEmpty()
                ? available.contains(needed)
                : available.contains(wanted);
        MapBuffer copy = isEnough
                ? null
                : buffer(wanted, map, read, step.layer() instanceof LayoutAwareLayer ? Owner.WORKSPACE : Owner.ITSELF);
        return new Reading(map, padding, conversion, copy, place);
    }

    private void reads(String map, Place place) {
        if (place == Place.COMPUTED) {
            computed.get(map)
                    .readAt(Math.max(calls.size(), computed.get(map).use().last()));
        } else {
            lastReaders.put(map, calls.size());
        }
    }

    private static Layout layout(GroupStep step, int input, List<Shape> inputs, Layout there, Layout output) {
        MemoryOrder order = step.layer().memoryOrder(inputs);
        return order == MemoryOrder.ANY && input == 0 ? there : order == MemoryOrder.PLANAR ? Layout.PLANAR : output;
    }

    /** Values of the arrays of the workspace. */
    long sharedValues() {
        return ArrayUse.sharedLength(shared().stream().map(MapBuffer::use).toList());
    }

    /** Most values of them that are alive at one time: no workspace could be smaller. */
    long longestAlive() {
        return ArrayUse.longestAlive(shared().stream().map(MapBuffer::use).toList());
    }

    /** Values of the workspace, and most of all other arrays that are alive at one time: maps from outside and results. */
    long peakValues() {
        List<ArrayUse> own = new ArrayList<>();
        buffers.stream()
                .filter(buffer -> buffer.owner() == Owner.ITSELF)
                .map(MapBuffer::use)
                .forEach(own::add);
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (isOutput(call.step().name())
                    && !isResult(call.output(), call.step().name())) {
                own.add(new ArrayUse(
                        values(call.step().name(), targets.get(call.step().name())), i, Integer.MAX_VALUE));
            }
        }
        Map<String, Integer> outside = new HashMap<>();
        inside.forEach((map, region) -> outside.merge(map, values(map, region), Integer::sum));
        around.forEach((map, region) -> outside.merge(map, values(map, region), Integer::sum));
        outside.forEach((map, values) ->
                own.add(new ArrayUse(values, 0, isOutput(map) ? Integer.MAX_VALUE : lastReaders.getOrDefault(map, 0))));
        return sharedValues() + ArrayUse.longestAlive(own);
    }

    private int values(String map, Region region) {
        return Layout.PLANAR.arrayLength(group.shape(map).channels(), region.pixels());
    }

    private boolean isResult(MapBuffer buffer, String output) {
        return buffer.owner() == Owner.ITSELF
                && buffer.layout() == Layout.PLANAR
                && buffer.region().equals(targets.get(output));
    }

    /**
     * Computes all steps.
     *
     * @param insideTiles tiles of the maps from outside
     * @param aroundTiles the same of those that go on around the edge
     * @return a tile an output, in the order of the outputs; those whose target is empty are absent
     */
    Map<String, Tile> compute(Map<String, Tile> insideTiles, Map<String, Tile> aroundTiles, Workspace workspace) {
        Map<String, Tile> ready = new HashMap<>();
        for (int number = 0; number < calls.size(); number++) {
            Call call = calls.get(number);
            List<Tile> sources = new ArrayList<>();
            for (Reading reading : call.readings()) {
                sources.add(source(reading, insideTiles, aroundTiles, number, workspace));
            }
            Tile output = call.output().begin(workspace);
            call.step().layer().compute(sources, call.shapes(), output, workspace);
            String name = call.step().name();
            if (isOutput(name)) {
                ready.put(name, isResult(call.output(), name) ? output : result(output, targets.get(name)));
            }
            for (MapBuffer buffer : buffers) {
                buffer.endAfter(number);
            }
        }
        buffers.forEach(MapBuffer::end);
        Map<String, Tile> results = new LinkedHashMap<>();
        for (String output : group.outputs()) {
            if (isOutput(output)) {
                Tile tile = ready.get(output);
                results.put(
                        output, tile != null ? tile : insideTiles.get(output).crop(targets.get(output)));
            }
        }
        return results;
    }

    private static Tile result(Tile tile, Region target) {
        Tile result = Tile.zeros(target, tile.channels(), Layout.PLANAR);
        tile.copyTo(result);
        return result;
    }

    private Tile source(
            Reading reading,
            Map<String, Tile> insideTiles,
            Map<String, Tile> aroundTiles,
            int number,
            Workspace workspace) {
        String map = reading.map();
        Tile tile =
                switch (reading.place()) {
                    case AROUND -> aroundTiles.get(map);
                    case INSIDE -> insideTiles.get(map);
                    case COMPUTED -> computed.get(map).tile();
                    case NOWHERE -> null;
                };
        if (reading.conversion() != null) {
            MapBuffer conversion = reading.conversion();
            if (conversion.tile() == null) {
                tile.copyTo(conversion.begin(workspace));
            }
            tile = conversion.tile();
        }
        if (tile == null) {
            Layout layout =
                    reading.copy() == null ? Layout.PLANAR : reading.copy().layout();
            tile = new Tile(EMPTY, group.shape(map).channels(), layout, new float[0]);
        }
        if (reading.copy() == null) {
            return tile;
        }
        Tile copy = reading.copy().begin(workspace);
        tile.extendTo(copy, Region.ofMap(group.shape(map)), reading.padding());
        return copy;
    }
}
