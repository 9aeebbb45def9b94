package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import io.sparkconv.view.ContactSheet.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The panels of a layer's map: one picture where its three channels are colours, else one panel a channel. */
public final class FeaturePanels {
    private static final float WHITE = 255f;
    /** Interpolation overshoots: colours may lie this share of their range outside it. */
    private static final float OVERSHOOT = 0.25f;

    private FeaturePanels() {}

    /**
     * The panels. Three channels from 0 to 1 or from 0 to 255, give or take what sharpening overshoots by, are a picture; a
     * channel with values of both signs is drawn {@link Rendering#SIGNED}, any other {@link Rendering#MAGNITUDE}.
     *
     * @param layer name of the layer
     * @param whole shape of the layer's map
     * @param map the map, or a thumbnail of it
     */
    public static List<Panel> of(String layer, Shape whole, FeatureMap map) {
        Shape shape = map.shape();
        if (shape.channels() == 3) {
            float white = largest(map.values()) <= 1 + OVERSHOOT ? 1f : WHITE;
            if (smallest(map.values()) >= -OVERSHOOT * white && largest(map.values()) <= (1 + OVERSHOOT) * white) {
                String label = layer + ", " + whole.height() + " × " + whole.width();
                return List.of(new Panel(label, scaled(map, WHITE / white), Rendering.PHOTOGRAPH));
            }
        }
        List<Panel> panels = new ArrayList<>();
        for (int channel = 0; channel < shape.channels(); channel++) {
            int from = map.index(channel, 0, 0, 0);
            float[] values = Arrays.copyOfRange(map.values(), from, from + (int) shape.pixels()); // (z, y, x)
            boolean signed = smallest(values) < 0 && largest(values) > 0;
            panels.add(new Panel(
                    shape.channels() == 1 ? layer : layer + " " + channel,
                    new FeatureMap(shape.withChannels(1), values),
                    signed ? Rendering.SIGNED : Rendering.MAGNITUDE));
        }
        return panels;
    }

    private static FeatureMap scaled(FeatureMap map, float factor) {
        float[] values = new float[map.values().length]; // (channel, z, y, x)
        for (int i = 0; i < values.length; i++) {
            values[i] = map.values()[i] * factor;
        }
        return new FeatureMap(map.shape(), values);
    }

    private static float smallest(float[] values) {
        float smallest = Float.POSITIVE_INFINITY;
        for (float value : values) {
            smallest = value < smallest ? value : smallest;
        }
        return smallest;
    }

    private static float largest(float[] values) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = value > largest ? value : largest;
        }
        return largest;
    }
}
