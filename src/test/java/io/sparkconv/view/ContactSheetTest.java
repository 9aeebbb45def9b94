package io.sparkconv.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Shape;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactSheetTest {

    private static final int MAGENTA = 0xFF00FF;

    private static FeatureMap random(Shape shape, float low, float high) {
        Random random = new Random(shape.hashCode());
        FeatureMap map = FeatureMap.zeros(shape);
        for (int i = 0; i < map.values().length; i++) {
            map.values()[i] = low + random.nextFloat() * (high - low);
        }
        return map;
    }

    private static FeatureMap line(float... values) {
        float[] twice = Arrays.copyOf(values, 2 * values.length); // (y, x), two equal lines
        System.arraycopy(values, 0, twice, values.length, values.length);
        return new FeatureMap(new Shape(1, 1, 2, values.length), twice);
    }

    private static ContactSheet sheet(ContactSheet.Panel... panels) {
        return new ContactSheet("title", List.of(new ContactSheet.Row("row", List.of(panels))));
    }

    private static byte[] png(ContactSheet sheet) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sheet.write(bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage image(ContactSheet sheet) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png(sheet)));
    }

    /** The picture of the first row's panel, cut out of the sheet. */
    private static BufferedImage picture(ContactSheet sheet, int panel) throws IOException {
        Rectangle place = SheetLayout.of(sheet).cells().get(0).get(panel).picture();
        return image(sheet).getSubimage(place.x, place.y, place.width, place.height);
    }

    private static int pixel(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    void everyPanelHoldsTheAreaAverageOfItsPhotograph() throws IOException {
        List<ContactSheet.Row> rows = new ArrayList<>();
        for (Shape shape : List.of(new Shape(3, 1, 400, 600), new Shape(3, 1, 640, 320), new Shape(4, 1, 257, 263))) {
            FeatureMap map = random(shape, 0, 255);
            ContactSheet.Panel panel = new ContactSheet.Panel("image", map, Rendering.PHOTOGRAPH);
            rows.add(new ContactSheet.Row(shape.toString(), List.of(panel, panel)));
        }
        ContactSheet sheet = new ContactSheet("photographs", rows);
        BufferedImage image = image(sheet);
        SheetLayout layout = SheetLayout.of(sheet);
        assertThat(image.getWidth()).isEqualTo(layout.width());
        assertThat(image.getHeight()).isEqualTo(layout.height());
        List<Shape> originals =
                List.of(new Shape(3, 1, 400, 600), new Shape(3, 1, 640, 320), new Shape(4, 1, 257, 263));
        for (int row = 0; row < originals.size(); row++) {
            FeatureMap map = random(originals.get(row), 0, 255);
            for (SheetLayout.Cell cell : layout.cells().get(row)) {
                assertAreaAverages(image, cell.picture(), map);
            }
        }
    }

    private static void assertAreaAverages(BufferedImage image, Rectangle picture, FeatureMap map) {
        double scaleY = (double) map.shape().height() / picture.height;
        double scaleX = (double) map.shape().width() / picture.width;
        for (int y = 0; y < picture.height; y += 9) {
            for (int x = 0; x < picture.width; x += 9) {
                Color colour = new Color(image.getRGB(picture.x + x, picture.y + y));
                int[] levels = {colour.getRed(), colour.getGreen(), colour.getBlue()};
                for (int c = 0; c < 3; c++) {
                    double expected =
                            ThumbnailTest.mean(map, c, 0, y * scaleY, (y + 1) * scaleY, x * scaleX, (x + 1) * scaleX);
                    assertThat((double) levels[c]).isCloseTo(expected, within(0.51));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 600, 187, 280",
        "600, 400, 200, 133",
        "5, 5, 200, 200",
        "2, 1, 200, 100",
        "10000, 3, 200, 2",
        "3, 10000, 2, 280"
    })
    void aPictureFillsItsPanelAndKeepsItsAspect(int height, int width, int pictureHeight, int pictureWidth) {
        FeatureMap map = FeatureMap.zeros(new Shape(1, 1, height, width));
        SheetLayout layout = SheetLayout.of(sheet(new ContactSheet.Panel("map", map, Rendering.SIGNED)));
        Rectangle picture = layout.cells().get(0).get(0).picture();
        assertThat(picture.getSize()).isEqualTo(new java.awt.Dimension(pictureWidth, pictureHeight));
    }

    @Test
    void nothingOverlapsOrLeavesTheSheet() {
        List<ContactSheet.Row> rows = new ArrayList<>();
        for (int panels : new int[] {1, 2, 7, 8, 20}) {
            List<ContactSheet.Panel> list = new ArrayList<>();
            for (int i = 0; i < panels; i++) {
                FeatureMap map = FeatureMap.zeros(new Shape(1, 1, 1 + 37 * i % 300, 1 + 91 * i % 400));
                list.add(new ContactSheet.Panel("panel " + i, map, Rendering.values()[i % 3]));
            }
            rows.add(new ContactSheet.Row(panels + " panels", list));
        }
        SheetLayout layout = SheetLayout.of(new ContactSheet("title", rows));
        List<Rectangle> all = new ArrayList<>(layout.rowLabels());
        all.add(layout.title());
        layout.cells().forEach(row -> row.forEach(cell -> Collections.addAll(all, cell.picture(), cell.label())));
        assertThat(all).hasSize(1 + 5 + 2 * (1 + 2 + 7 + 8 + 20));
        Rectangle sheet = new Rectangle(layout.width(), layout.height());
        for (int i = 0; i < all.size(); i++) {
            assertThat(sheet.contains(all.get(i)))
                    .as("%s in %s", all.get(i), sheet)
                    .isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(all.get(i).intersects(all.get(j)))
                        .as("%s, %s", all.get(i), all.get(j))
                        .isFalse();
            }
        }
    }

    @Test
    void textStaysInItsLine() throws IOException {
        String text = "a very long name of a layer, with its ÄÖÜ and gjpqy ".repeat(20);
        FeatureMap map = random(new Shape(1, 1, 60, 20), -5, 5);
        ContactSheet.Panel panel = new ContactSheet.Panel(text, map, Rendering.SIGNED);
        ContactSheet sheet =
                new ContactSheet(text, Collections.nCopies(2, new ContactSheet.Row(text, List.of(panel, panel))));
        BufferedImage image = image(sheet);
        SheetLayout layout = SheetLayout.of(sheet);
        List<Rectangle> places = new ArrayList<>(layout.rowLabels());
        places.add(layout.title());
        layout.cells()
                .forEach(row -> row.forEach(cell -> {
                    places.add(cell.label());
                    Rectangle framed = new Rectangle(cell.picture());
                    framed.grow(1, 1);
                    places.add(framed);
                }));
        int dark = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int gray = new Color(image.getRGB(x, y)).getGreen();
                boolean inside = false;
                for (Rectangle place : places) {
                    inside |= place.contains(x, y);
                }
                dark += inside && gray < 100 ? 1 : 0;
                // Only the rule above a row may be darker than the ground elsewhere
                assertThat(inside || gray >= 0xDC)
                        .as("pixel at y %d, x %d", y, x)
                        .isTrue();
            }
        }
        assertThat(dark).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 40, 77, 200, 100_000})
    void longTextLosesItsMiddle(int width) {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        FontMetrics metrics = image.createGraphics().getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        String text = "features/block_3/depthwise-😀😀😀-weights.channel.17";
        String fitted = SheetPainter.fitted(text, metrics, width);
        assertThat(metrics.stringWidth(fitted)).isLessThanOrEqualTo(width);
        if (width < metrics.stringWidth(text)) {
            int ellipsis = fitted.indexOf('…');
            String head = fitted.substring(0, Math.max(0, ellipsis));
            String tail = fitted.substring(ellipsis + 1);
            assertThat(text).startsWith(head).endsWith(tail);
            assertThat(head.codePointCount(0, head.length()) - tail.codePointCount(0, tail.length()))
                    .isBetween(0, 1);
        } else {
            assertThat(fitted).isEqualTo(text);
        }
    }

    @Test
    void aLineTooNarrowForTheEllipsisIsEmpty() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        FontMetrics metrics = image.createGraphics().getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        assertThat(SheetPainter.fitted("text", metrics, 1)).isEmpty();
    }

    @Test
    void signedIsBlueBelowWhiteAtAndRedAboveZero() throws IOException {
        BufferedImage picture =
                picture(sheet(new ContactSheet.Panel("signed", line(-2, -1, 0, 1, 2), Rendering.SIGNED)), 0);
        int fifth = picture.getWidth() / 5;
        assertThat(List.of(
                        pixel(picture, fifth / 2, 0),
                        pixel(picture, fifth * 3 / 2, 0),
                        pixel(picture, fifth * 5 / 2, 0),
                        pixel(picture, fifth * 7 / 2, 0),
                        pixel(picture, fifth * 9 / 2, 0)))
                .containsExactly(0x2166AC, 0x67A9CF, 0xFFFFFF, 0xEF8A62, 0xB2182B);
    }

    @Test
    void magnitudeGrowsLighter() throws IOException {
        float[] values = new float[10];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 + i;
        }
        BufferedImage picture =
                picture(sheet(new ContactSheet.Panel("magnitude", line(values), Rendering.MAGNITUDE)), 0);
        double before = -5;
        for (int i = 0; i < 9; i++) {
            Color colour = new Color(pixel(picture, i * picture.getWidth() / 10 + 5, 0));
            double luminance = 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
            assertThat(luminance).isGreaterThan(before + 5);
            before = luminance;
        }
        assertThat(pixel(picture, 0, 0)).isEqualTo(0x000004);
        assertThat(pixel(picture, picture.getWidth() - 1, 0)).isEqualTo(0xFCFDBF);
    }

    @Test
    void photographsAreClamped() throws IOException {
        BufferedImage picture = picture(
                sheet(new ContactSheet.Panel("image", line(-50, 0, 127.6f, 255, 999), Rendering.PHOTOGRAPH)), 0);
        int fifth = picture.getWidth() / 5;
        assertThat(pixel(picture, 0, 0)).isEqualTo(0);
        assertThat(pixel(picture, fifth * 5 / 2, 0)).isEqualTo(0x808080);
        assertThat(pixel(picture, fifth * 9 / 2, 0)).isEqualTo(0xFFFFFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PHOTOGRAPH", "SIGNED", "MAGNITUDE"})
    void valuesThatAreNotFiniteAreMagentaAndDoNotScale(Rendering rendering) throws IOException {
        FeatureMap odd = line(1, 2, Float.NaN, Float.POSITIVE_INFINITY, 3);
        FeatureMap plain = line(1, 2, 2, 2, 3);
        BufferedImage picture = picture(sheet(new ContactSheet.Panel("odd", odd, rendering)), 0);
        BufferedImage expected = picture(sheet(new ContactSheet.Panel("plain", plain, rendering)), 0);
        for (int i = 0; i < 5; i++) {
            int x = i * picture.getWidth() / 5 + 3;
            assertThat(pixel(picture, x, 0)).isEqualTo(i == 2 || i == 3 ? MAGENTA : pixel(expected, x, 0));
        }
    }

    @Test
    void aMapWithoutAnyFiniteValueIsMagenta() throws IOException {
        FeatureMap map = line(Float.NaN, Float.NaN);
        for (Rendering rendering : Rendering.values()) {
            assertThat(pixel(picture(sheet(new ContactSheet.Panel("nothing", map, rendering)), 0), 10, 10))
                    .isEqualTo(MAGENTA);
        }
    }

    @Test
    void aVolumeShowsItsMiddleSlice() throws IOException {
        FeatureMap volume = random(new Shape(1, 5, 30, 40), 0, 255);
        int pixels = 30 * 40;
        FeatureMap slice =
                new FeatureMap(new Shape(1, 1, 30, 40), Arrays.copyOfRange(volume.values(), 2 * pixels, 3 * pixels));
        assertThat(png(sheet(new ContactSheet.Panel("volume", volume, Rendering.MAGNITUDE))))
                .isEqualTo(png(sheet(new ContactSheet.Panel("volume", slice, Rendering.MAGNITUDE))));
    }

    @Test
    void aSignalIsAWaveform() throws IOException {
        FeatureMap signal = FeatureMap.zeros(new Shape(1, 1, 1, 50_000));
        for (int i = 0; i < 50_000; i++) {
            // Loud at the left, silent at the right
            signal.values()[i] = i < 25_000 ? (float) Math.sin(i) : 0;
        }
        BufferedImage picture = picture(sheet(new ContactSheet.Panel("speech", signal, Rendering.SIGNED)), 0);
        assertThat(picture.getWidth()).isEqualTo(ContactSheet.PANEL_WIDTH);
        assertThat(inked(picture, 70)).isGreaterThan(150);
        assertThat(inked(picture, 210)).isBetween(1, 4);
    }

    /** Pixels of a column that the waveform's blue covers. */
    private static int inked(BufferedImage picture, int x) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            Color colour = new Color(picture.getRGB(x, y));
            count += colour.getBlue() - colour.getRed() > 40 ? 1 : 0;
        }
        return count;
    }

    @Test
    void oneSampleIsALineAcross() throws IOException {
        FeatureMap one = new FeatureMap(new Shape(1, 1, 1, 1), new float[] {3});
        BufferedImage waveform = picture(sheet(new ContactSheet.Panel("one", one, Rendering.MAGNITUDE)), 0);
        assertThat(inked(waveform, 5)).isBetween(1, 2);
        assertThat(inked(waveform, 275)).isBetween(1, 2);
        BufferedImage pixel = picture(sheet(new ContactSheet.Panel("one", one, Rendering.PHOTOGRAPH)), 0);
        assertThat(pixel(pixel, 199, 199)).isEqualTo(0x030303);
    }

    @Test
    void theSameSheetGivesTheSameBytes() throws IOException {
        FeatureMap map = random(new Shape(3, 1, 300, 411), -1, 1);
        ContactSheet.Panel panel = new ContactSheet.Panel("map", map, Rendering.SIGNED);
        assertThat(png(sheet(panel, panel))).isEqualTo(png(sheet(panel, panel)));
    }

    @Test
    void aPanelHoldsNoMoreThanAThumbnail() {
        FeatureMap map = FeatureMap.zeros(new Shape(3, 4, 1_000, 2_000));
        assertThat(new ContactSheet.Panel("map", map, Rendering.PHOTOGRAPH)
                        .map()
                        .shape())
                .isEqualTo(new Shape(3, 1, 140, 280));
    }

    @ParameterizedTest
    @CsvSource({
        "-3.25, 3.25, ±3.25",
        "0, 412.4, 0 … 412",
        "-17.44, 9950, −17 … 9950",
        "0.000001, 217, 0 … 217",
        "0, 0, 0",
        "7, 7, 7",
        "0, 0.0123, 0 … 0.0123",
        "-1500000, 1500000, ±1.50e+06",
        "0.000002, 0.00001, 2.00e−06 … 1.00e−05"
    })
    void rangesHaveThreeDigits(float low, float high, String text) {
        assertThat(new ValueRange(low, high).text()).isEqualTo(text);
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet("empty", List.of()))
                .withMessage("Cannot draw a contact sheet: 0 rows given, at least 1 is needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet.Row("cat.png", List.of()))
                .withMessage("Cannot draw row 'cat.png' of a contact sheet: 0 panels given, at least 1 is needed");
        FeatureMap four = FeatureMap.zeros(new Shape(4, 1, 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContactSheet.Panel("map", four, Rendering.SIGNED))
                .withMessage(
                        "Cannot draw panel 'map' of 4 channels as SIGNED: allowed are 1 and 3, for PHOTOGRAPH also 4;"
                                + " draw one panel a channel");
        ContactSheet.Panel panel =
                new ContactSheet.Panel("map", FeatureMap.zeros(new Shape(1, 1, 2, 2)), Rendering.SIGNED);
        ContactSheet huge =
                new ContactSheet("huge", Collections.nCopies(2_000, new ContactSheet.Row("row", List.of(panel))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> huge.write(new ByteArrayOutputStream()))
                .withMessageMatching("Cannot draw a contact sheet of 2000 rows: it would have \\d+ × 480 pixels, "
                        + "at most 100000000 in all are allowed; use fewer rows");
    }
}
