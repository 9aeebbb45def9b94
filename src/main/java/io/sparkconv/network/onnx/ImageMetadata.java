package io.sparkconv.network.onnx;

import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.yaml.InputReader;
import io.sparkconv.tensor.ChannelOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a model's metadata tell of its input: ONNX's own of <a
 * href="https://github.com/onnx/onnx/blob/main/docs/MetadataProps.md">images</a>, whose keys and values are the same in capital and
 * small letters, and above them {@value #PREPROCESSING}, a JSON object with the keys of a network file's preprocessing.
 */
final class ImageMetadata {
    /** Our own key. */
    static final String PREPROCESSING = "spark-conv.preprocessing";

    private static final String PIXEL_FORMAT = "Image.BitmapPixelFormat";
    private static final String PIXEL_RANGE = "Image.NominalPixelRange";
    private static final String GAMMA = "Image.ColorSpaceGamma";

    private final Map<String, String> metadata;

    ImageMetadata(Map<String, String> metadata) {
        this.metadata = metadata;
    }

    /**
     * What a network of so many channels takes.
     *
     * @throws IllegalArgumentException if a value isn't one of those that are known, or is for other channels
     */
    InputSpecification specification(int channels) {
        InputSpecification unscaled = InputSpecification.unscaled(channels);
        requireGamma();
        InputSpecification input = ranged(unscaled, order(channels));
        String own = metadata.get(PREPROCESSING);
        if (own == null) {
            return input;
        }
        try {
            return InputReader.changed(input, own);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("cannot use its metadata '" + PREPROCESSING + "': " + Refusal.reason(e), e);
        }
    }

    private String value(String key, List<String> allowed) {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(key)) {
                return allowed.stream()
                        .filter(entry.getValue()::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> refusal(entry, "allowed are " + String.join(", ", allowed)));
            }
        }
        return null;
    }

    private static IllegalArgumentException refusal(Map.Entry<String, String> entry, String reason) {
        return Refusal.of(
                "cannot use its metadata '" + entry.getKey() + "', '" + Refusal.shortened(entry.getValue()) + "': "
                        + reason,
                null);
    }

    private ChannelOrder order(int channels) {
        String format = value(PIXEL_FORMAT, List.of("Gray8", "Rgb8", "Bgr8", "Rgba8", "Bgra8"));
        if (format == null) {
            return ChannelOrder.RGB;
        }
        int told = format.equals("Gray8") ? 1 : format.toLowerCase(Locale.ROOT).contains("a") ? 4 : 3;
        if (told != channels) {
            throw refusal(
                    Map.entry(PIXEL_FORMAT, format),
                    "that has " + told + (told == 1 ? " channel" : " channels") + ", the network's input " + channels);
        }
        return format.startsWith("Bgr") ? ChannelOrder.BGR : ChannelOrder.RGB;
    }

    /** Pixels are decoded as they are stored, in sRGB. */
    private void requireGamma() {
        String gamma = value(GAMMA, List.of("SRGB", "Linear"));
        if ("Linear".equals(gamma)) {
            throw refusal(Map.entry(GAMMA, gamma), "pixels are decoded as SRGB, and not made linear");
        }
    }

    /** {@code (pixel · scale − mean) / 1} in the range. */
    private InputSpecification ranged(InputSpecification unscaled, ChannelOrder order) {
        String range = value(
                PIXEL_RANGE, List.of("NominalRange_0_255", "Normalized_0_1", "Normalized_1_1", "NominalRange_16_235"));
        return switch (range == null ? "NominalRange_0_255" : range) {
            case "Normalized_0_1" -> scaled(unscaled, order, 1f / 255, 0f);
            case "Normalized_1_1" -> scaled(unscaled, order, 1f / 127.5f, 1f);
            case "NominalRange_16_235" -> scaled(unscaled, order, 219f / 255, -16f);
            default -> scaled(unscaled, order, 1f, 0f);
        };
    }

    private static InputSpecification scaled(InputSpecification unscaled, ChannelOrder order, float scale, float mean) {
        float[] means = new float[unscaled.channels()];
        Arrays.fill(means, mean);
        return new InputSpecification(
                unscaled.channels(), order, unscaled.sizeChanges(), scale, means, unscaled.standardDeviation());
    }
}
