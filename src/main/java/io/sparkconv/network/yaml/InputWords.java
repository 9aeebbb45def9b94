package io.sparkconv.network.yaml;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkconv.network.InputSpecification;
import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ChannelOrder;
import io.sparkconv.tensor.Resize;
import io.sparkconv.tensor.ResizeMethod;
import io.sparkconv.tensor.SizeChange;
import java.util.Arrays;

/** The words of a network file for what a network takes. */
final class InputWords {
    private InputWords() {}

    static ObjectNode of(InputSpecification input, int dimensions) {
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        words.put("channels", input.channels()).put("dimensions", dimensions);
        if (input.only() != null) {
            int[] extents = {
                input.only().depth(), input.only().height(), input.only().width()
            };
            words.set("size", Words.list(Arrays.copyOfRange(extents, 3 - dimensions, 3)));
        }
        for (SizeChange change : input.sizeChanges()) {
            if (change instanceof CenterCrop crop) {
                words.putArray("center_crop").add(crop.height()).add(crop.width());
            } else if (change instanceof Resize resize) {
                words.set("resize", resize(resize));
            }
        }
        if (input.channelOrder() != ChannelOrder.RGB) {
            words.put("channel_order", input.channelOrder().text());
        }
        if (input.scale() != 1f) {
            words.put("scale", input.scale());
        }
        put(words, "mean", input.mean(), 0f);
        put(words, "std", input.standardDeviation(), 1f);
        return words;
    }

    private static ObjectNode resize(Resize resize) {
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        if (resize.size() instanceof Resize.ShorterSide shorter) {
            words.put("shorter", shorter.pixels());
        } else if (resize.size() instanceof Resize.ExactSize exact) {
            words.putArray("size").add(exact.height()).add(exact.width());
        }
        words.put("filter", resize.filter().text());
        words.put("as", resize.method() == ResizeMethod.PILLOW ? "pillow" : "torchvision");
        return words.put("antialias", resize.method() != ResizeMethod.TORCHVISION_ALIASED);
    }

    /** Nothing where all channels have the usual value. */
    private static void put(ObjectNode words, String key, float[] values, float usual) {
        boolean isUsual = true;
        for (float value : values) {
            isUsual &= value == usual;
        }
        if (!isUsual) {
            ArrayNode list = words.putArray(key);
            for (float value : values) {
                list.add(value);
            }
        }
    }
}
