package io.sparkconv.view;

import io.sparkconv.tensor.FeatureMap;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** Draws the map of a panel into its rectangle. */
final class PanelPainter {

    private static final int NO_VALUE = 0xFF00FF;
    private static final int[] DIVERGING = {0x2166AC, 0x67A9CF, 0xFFFFFF, 0xEF8A62, 0xB2182B};
    private static final int[] SEQUENTIAL = {
        0x000004, 0x1C1044, 0x4F127B, 0x812581, 0xB5367A, 0xE55064, 0xFB8761, 0xFEC287, 0xFCFDBF
    };
    private static final Color WAVEFORM_GROUND = Color.WHITE;
    private static final Color WAVEFORM_ZERO = new Color(0xC8C8C8);
    private static final Color[] WAVEFORM = {new Color(0x2166AC), new Color(0x1B7837), new Color(0xB2182B)};

    private PanelPainter() {}

    static void paint(Graphics2D graphics, ContactSheet.Panel panel, Rectangle picture) {
        ValueRange range = ValueRange.of(panel);
        if (panel.isWaveform()) {
            Shape clip = graphics.getClip();
            graphics.clip(picture);
            paintWaveform(graphics, panel.map(), range, picture);
            graphics.setClip(clip);
        } else {
            graphics.drawImage(pixels(panel, range, picture), picture.x, picture.y, null);
        }
    }

    /** The map's pixels, enlarged by repetition so that each can be seen. */
    private static BufferedImage pixels(ContactSheet.Panel panel, ValueRange range, Rectangle picture) {
        int width = panel.map().shape().width();
        int height = panel.map().shape().height();
        BufferedImage image = new BufferedImage(picture.width, picture.height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height; y++) {
            for (int x = 0; x < picture.width; x++) {
                int sourceX = (int) ((long) x * width / picture.width);
                int sourceY = (int) ((long) y * height / picture.height);
                image.setRGB(x, y, colour(panel, range, sourceY, sourceX));
            }
        }
        return image;
    }

    private static int colour(ContactSheet.Panel panel, ValueRange range, int y, int x) {
        FeatureMap map = panel.map();
        boolean gray = map.shape().channels() == 1;
        double[] positions = new double[3]; // (channel)
        for (int channel = 0; channel < 3; channel++) {
            float value = map.value(gray ? 0 : channel, 0, y, x);
            if (!Float.isFinite(value)) {
                return NO_VALUE;
            }
            positions[channel] = range.position(value);
        }
        if (gray && panel.rendering() == Rendering.SIGNED) {
            return interpolate(DIVERGING, positions[0]);
        }
        if (gray && panel.rendering() == Rendering.MAGNITUDE) {
            return interpolate(SEQUENTIAL, positions[0]);
        }
        return level(positions[0]) << 16 | level(positions[1]) << 8 | level(positions[2]);
    }

    private static int level(double position) {
        return (int) Math.round(255 * position);
    }

    /** A colour between evenly spaced ones, in sRGB. */
    private static int interpolate(int[] colours, double position) {
        int first = Math.min(colours.length - 2, (int) (position * (colours.length - 1)));
        double share = position * (colours.length - 1) - first;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = colours[first] >> shift & 0xFF;
            int to = colours[first + 1] >> shift & 0xFF;
            colour |= (int) Math.round(from + share * (to - from)) << shift;
        }
        return colour;
    }

    private static void paintWaveform(Graphics2D graphics, FeatureMap map, ValueRange range, Rectangle picture) {
        graphics.setColor(WAVEFORM_GROUND);
        graphics.fill(picture);
        graphics.setStroke(new BasicStroke(1f));
        graphics.setColor(WAVEFORM_ZERO);
        if (range.low() <= 0 && range.high() >= 0) {
            double zero = height(range, 0, picture);
            graphics.draw(new Line2D.Double(picture.x, zero, picture.x + picture.width, zero));
        }
        for (int channel = 0; channel < map.shape().channels(); channel++) {
            graphics.setColor(WAVEFORM[channel]);
            graphics.draw(waveform(map, channel, range, picture));
        }
    }

    /** A line through the samples, open where there are no values; a lone sample is as wide as its share. */
    private static Path2D waveform(FeatureMap map, int channel, ValueRange range, Rectangle picture) {
        Path2D path = new Path2D.Double();
        int samples = map.shape().width();
        double step = (double) picture.width / samples;
        boolean open = true;
        for (int i = 0; i < samples; i++) {
            float value = map.value(channel, 0, 0, i);
            if (!Float.isFinite(value)) {
                open = true;
                continue;
            }
            double middle = picture.x + (i + 0.5) * step;
            double y = height(range, value, picture);
            boolean last = i == samples - 1 || !Float.isFinite(map.value(channel, 0, 0, i + 1));
            if (open && last) {
                path.moveTo(middle - step / 2, y);
                path.lineTo(middle + step / 2, y);
            } else if (open) {
                path.moveTo(middle, y);
            } else {
                path.lineTo(middle, y);
            }
            open = last;
        }
        return path;
    }

    private static double height(ValueRange range, float value, Rectangle picture) {
        int inset = 6;
        return picture.y + inset + (1 - range.position(value)) * (picture.height - 2 * inset);
    }
}
