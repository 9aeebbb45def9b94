package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.tensor.Shape;
import java.util.List;

/**
 * Where a layer stands in its network, as its operation is read.
 *
 * @param operation key of the operation, such as {@code conv2d}
 * @param dimensions 1 (x), 2 (y, x) or 3 (z, y, x): that of the operation's name, else of the network
 * @param inputs names of what it reads
 * @param channels channels of each of the inputs, {@link #UNKNOWN} where they depend on the image's size
 * @param prefix beginning of its tensors' names
 * @param weights the network's tensors
 */
record Place(
        String operation,
        int dimensions,
        List<String> inputs,
        List<Integer> channels,
        String prefix,
        NetworkWeights weights) {
    /** What stands for a number of channels that depends on the image's size, behind {@code flatten}. */
    static final int UNKNOWN = -1;

    /** Values of the layer's tensor of that last name, such as {@code weight}. */
    float[] tensor(String name, int... shape) {
        return weights.read(prefix.isEmpty() ? name : prefix + "." + name, shape);
    }

    /**
     * The shape of a map that a key tells: {@code [channels, y, x]}, or with more axes of space than the network's.
     *
     * @param alternatives what else is allowed, for messages
     */
    Shape shape(Fields fields, String key, String alternatives) {
        JsonNode value = fields.values().get(key);
        fields.requireThat(
                key,
                value,
                node -> node.isArray()
                        && node.size() > dimensions
                        && node.size() <= 4
                        && node.valueStream().allMatch(Fields.isWholeFrom(1)),
                alternatives + "a list of " + (1 + dimensions) + " whole numbers from 1 (channels, "
                        + Fields.axisNames(dimensions) + ")");
        int[] extents = {1, 1, 1, 1};
        for (int i = 0; i < value.size(); i++) {
            extents[i == 0 ? 0 : 4 - value.size() + i] = value.get(i).intValue();
        }
        return new Shape(extents[0], extents[1], extents[2], extents[3]);
    }

    /** The channels of the only input, which depend on no image's size. */
    int requireKnownChannels() {
        if (channels.get(0) == UNKNOWN) {
            throw new IllegalArgumentException(operation + " reads " + Refusal.quoted(inputs.get(0))
                    + ", whose number of channels depends on the image's size: a fixed one is needed");
        }
        return channels.get(0);
    }

    /** @throws IllegalArgumentException if inputs have several numbers of channels above 1 */
    void requireBroadcast() {
        if (channels.stream().filter(count -> count > 1).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    operation + " reads channels " + channelsText() + ": their numbers must be equal or 1");
        }
    }

    /** @throws IllegalArgumentException if the layer reads another number of channels than its key says */
    void requireChannels(String key, int stated) {
        if (channels.get(0) != stated && channels.get(0) != UNKNOWN) {
            throw new IllegalArgumentException(operation + " has " + key + " " + stated + ", and "
                    + Refusal.quoted(inputs.get(0)) + " has " + channels.get(0) + " channels: they must be equal");
        }
    }

    /** The channels of each input, for messages. */
    String channelsText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(channels.get(i))
                    .append(" of ")
                    .append(Refusal.quoted(inputs.get(i)));
        }
        return text.toString();
    }
}
