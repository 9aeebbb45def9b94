package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.yaml.Fields.Flag;
import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.Resize;
import io.sparkconv.tensor.Resize.ExactSize;
import io.sparkconv.tensor.Resize.ShorterSide;
import io.sparkconv.tensor.ResizeFilter;
import io.sparkconv.tensor.ResizeMethod;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.SizeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what is done to images before the first layer:
 *
 * <pre>{@code
 * {resize: {shorter: 256, filter: bicubic, as: torchvision, antialias: false}, center_crop: 224, channel_order: bgr,
 *     scale: 0.00392156862745098, mean: [0.485, 0.456, 0.406], std: 0.225}
 * }</pre>
 */
public final class InputReader {
    /** Keeps a slip of the keyboard from taking all memory before any weight is compared with it. */
    private static final int MOST_CHANNELS = 1 << 20;

    private static final List<String> PREPROCESSING_KEYS =
            List.of("resize", "center_crop", "channel_order", "scale", "mean", "std");
    private static final List<String> RESIZE_KEYS = List.of("shorter", "size", "filter", "as", "antialias");
    private static final String NONE = "none";

    /** The methods by the name of the library and whether it antialiases. */
    private static final Map<String, Map<Boolean, ResizeMethod>> METHODS = Map.of(
            "pillow", Map.of(true, ResizeMethod.PILLOW),
            "torchvision", Map.of(true, ResizeMethod.TORCHVISION, false, ResizeMethod.TORCHVISION_ALIASED));

    private InputReader() {}

    /** Keys of the input of a network file. */
    static List<String> keys() {
        return Stream.concat(Stream.of("channels", "dimensions", "size"), PREPROCESSING_KEYS.stream())
                .toList();
    }

    static InputSpecification read(Fields input, int dimensions) {
        int channels = input.whole("channels", 1);
        if (channels > MOST_CHANNELS) {
            throw input.refusal("channels", "at most " + MOST_CHANNELS);
        }
        InputSpecification specification = changed(InputSpecification.unscaled(channels), input);
        if (!input.has("size")) {
            return specification;
        }
        int[] size = input.sizes("size", dimensions, 1);
        Axes<Integer> axes = Axes.of(dimensions, 1, axis -> size[axis]);
        return specification.withOnly(new Shape(channels, axes.z(), axes.y(), axes.x()));
    }

    /**
     * The input of a network with another preprocessing: keys that are named replace what it has, {@code none} takes a resize or
     * crop away.
     *
     * @param yaml a mapping of some of {@code resize}, {@code center_crop}, {@code channel_order}, {@code scale}, {@code mean} and
     *     {@code std}
     * @throws IllegalArgumentException if it is not as it must be; the message is one line
     */
    public static InputSpecification changed(InputSpecification input, String yaml) {
        try {
            return changed(input, Fields.of("it", YamlText.parse(yaml), PREPROCESSING_KEYS));
        } catch (IllegalArgumentException refusal) {
            throw Refusal.in("Cannot use preprocessing " + Refusal.quoted(yaml), refusal);
        }
    }

    private static InputSpecification changed(InputSpecification input, Fields fields) {
        List<SizeChange> changes = new ArrayList<>();
        change(input, Resize.class, fields, "resize").ifPresent(changes::add);
        change(input, CenterCrop.class, fields, "center_crop").ifPresent(changes::add);
        return new InputSpecification(
                input.channels(),
                fields.has("channel_order") ? ChannelOrder.of(fields.text("channel_order", "")) : input.channelOrder(),
                changes,
                (float) fields.number("scale", input.scale()),
                perChannel(fields, "mean", input.mean()),
                perChannel(fields, "std", input.standardDeviation()),
                input.only());
    }

    private static Optional<SizeChange> change(
            InputSpecification input, Class<? extends SizeChange> kind, Fields fields, String key) {
        if (!fields.has(key)) {
            return input.sizeChanges().stream().filter(kind::isInstance).findFirst();
        }
        JsonNode value = fields.values().get(key);
        if (value.isTextual() && value.textValue().equals(NONE)) {
            return Optional.empty();
        }
        return Optional.of(kind == CenterCrop.class ? crop(fields) : resize(fields));
    }

    private static CenterCrop crop(Fields fields) {
        JsonNode value = fields.values().get("center_crop");
        fields.requireThat("center_crop", value, InputReader::isSize, sizes() + " or none");
        int[] size = size(value);
        return new CenterCrop(size[0], size[1]);
    }

    private static Resize resize(Fields fields) {
        JsonNode value = fields.values().get("resize");
        if (value.isNumber() || value.isTextual()) {
            fields.requireThat(
                    "resize",
                    value,
                    Fields.isWholeFrom(1),
                    "the shorter side from 1, {shorter: N}, {size: [y, x]} or none");
            return new Resize(new ShorterSide(value.intValue()), ResizeFilter.BILINEAR, ResizeMethod.PILLOW);
        }
        Fields resize = Fields.of("resize", value, RESIZE_KEYS);
        if (resize.has("shorter") == resize.has("size")) {
            throw new IllegalArgumentException("resize " + Refusal.shown(value) + " has "
                    + (resize.has("size") ? "shorter and size" : "no size")
                    + ": one of shorter (a whole number) and size ([y, x]) is needed");
        }
        Resize.Size size;
        if (resize.has("shorter")) {
            size = new ShorterSide(resize.whole("shorter", 1));
        } else {
            JsonNode exact = resize.values().get("size");
            resize.requireThat("size", exact, InputReader::isSize, sizes());
            size = new ExactSize(size(exact)[0], size(exact)[1]);
        }
        return new Resize(size, ResizeFilter.of(resize.text("filter", ResizeFilter.BILINEAR.text())), method(resize));
    }

    private static ResizeMethod method(Fields resize) {
        String library = resize.text("as", "pillow");
        Map<Boolean, ResizeMethod> methods = METHODS.get(library);
        if (methods == null) {
            throw resize.refusal("as", "pillow or torchvision");
        }
        ResizeMethod method = methods.get(resize.flag("antialias", Flag.TRUE));
        if (method == null) {
            throw resize.refusal("antialias", "as " + library + " true");
        }
        return method;
    }

    private static String sizes() {
        return Fields.wholeFrom(1) + Fields.orList(2);
    }

    private static boolean isSize(JsonNode value) {
        return Fields.isOneOrList(value, 2, Fields.isWholeFrom(1));
    }

    /** {@code (y, x)}. */
    private static int[] size(JsonNode value) {
        return Fields.axes(value, 2).stream().mapToInt(JsonNode::intValue).toArray();
    }

    /** One number for all channels, or a list of one a channel; {@code (channel)}. */
    private static float[] perChannel(Fields input, String key, float[] standard) {
        if (!input.has(key)) {
            return standard;
        }
        JsonNode node = input.values().get(key);
        int channels = standard.length;
        input.requireThat(
                key,
                node,
                value -> Fields.isOneOrList(value, channels, Fields::isFinite),
                "a finite number or a list of " + channels + ", one a channel,");
        float[] values = new float[channels];
        List<JsonNode> nodes = Fields.axes(node, channels);
        for (int channel = 0; channel < channels; channel++) {
            values[channel] = (float) nodes.get(channel).doubleValue();
        }
        return values;
    }
}
