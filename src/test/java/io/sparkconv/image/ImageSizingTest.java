package io.sparkconv.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.SeededRandom;
import io.sparkconv.image.ResizeCases.Case;
import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ElementType;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Resize;
import io.sparkconv.tensor.Resize.ExactSize;
import io.sparkconv.tensor.Resize.ShorterSide;
import io.sparkconv.tensor.ResizeFilter;
import io.sparkconv.tensor.ResizeMethod;
import io.sparkconv.tensor.Shape;
import io.sparkconv.tensor.SizeChange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Resized and cropped images against those of Pillow and torchvision. */
class ImageSizingTest {
    private static final List<Case> CASES = ResizeCases.all();

    /** Pixels that were compared, and how far they are off. */
    private static final class Tally {
        private long pixels;
        private long exact;
        private double worst;
        private String worstCase = "";

        void add(Case each) {
            FeatureMap result = each.result();
            FeatureMap expected = each.expected().pixels();
            assertThat(result.shape()).as(each.name()).isEqualTo(expected.shape());
            for (int i = 0; i < result.values().length; i++) {
                double difference = Math.abs((double) result.values()[i] - expected.values()[i]);
                pixels++;
                exact += difference == 0 ? 1 : 0;
                if (!(difference <= worst)) {
                    worst = difference;
                    worstCase = each.name();
                }
            }
        }

        @Override
        public String toString() {
            return "%d of %d pixels exact, at most %s off (%s)".formatted(exact, pixels, worst, worstCase);
        }
    }

    private static Map<String, Tally> tallies(Predicate<Case> which) {
        Map<String, Tally> tallies = new TreeMap<>();
        CASES.stream().filter(which).forEach(each -> tallies.computeIfAbsent(each.library(), library -> new Tally())
                .add(each));
        tallies.forEach((library, tally) -> System.out.println("resized as " + library + ": " + tally));
        return tallies;
    }

    private static void requireExact(Tally tally) {
        assertThat(tally.exact).as(tally.toString()).isPositive().isEqualTo(tally.pixels);
    }

    @Test
    void picturesAreThoseOfPillowAndWithinAGrayLevelOfTorchvision() {
        Map<String, Tally> tallies = tallies(each -> each.input().storage() == ElementType.UINT8);

        assertThat(tallies.keySet()).containsExactly("aliased", "crop", "pillow", "torchvision", "torchvision-v2");
        requireExact(tallies.get("pillow"));
        requireExact(tallies.get("crop"));
        tallies.forEach((library, tally) ->
                assertThat(tally.worst).as(library + ": " + tally).isLessThanOrEqualTo(1));
    }

    @Test
    void floatsAreThoseOfPillowAndWithinRoundingsOfTorchvision() {
        Map<String, Tally> tallies = tallies(
                each -> each.name().startsWith("floats") || each.library().equals("pillow-F"));

        assertThat(tallies.keySet()).containsExactly("aliased", "pillow", "pillow-F", "torchvision");
        requireExact(tallies.get("pillow"));
        requireExact(tallies.get("pillow-F"));
        tallies.forEach((library, tally) ->
                assertThat(tally.worst).as(library + ": " + tally).isLessThanOrEqualTo(0.01));
    }

    /**
     * Pillow rounds 16-bit images after each axis: the first rounding is off by 1/2 at most and comes through the second axis with
     * the sum of the weights' magnitudes, the last one adds 1/2. That sum is 1 for weights that are not negative; of the cubic it is
     * 5/4 at most, of Lanczos' filter below 1.4.
     */
    @Test
    void deepPicturesAreWithinPillowsRoundings() {
        Predicate<Case> deep =
                each -> each.name().startsWith("steps16") && each.library().equals("pillow");
        Map<String, Double> magnitudes =
                Map.of("nearest", 1.0, "box", 1.0, "bilinear", 1.0, "bicubic", 1.25, "lanczos", 1.4);
        magnitudes.forEach((filter, sum) -> {
            Tally tally = tallies(deep.and(each -> each.name().contains(" " + filter + " ")))
                    .get("pillow");
            assertThat(tally.worst).as(filter + ": " + tally).isLessThanOrEqualTo(0.5 + 0.5 * sum);
        });
    }

    @Test
    void aCropOfAResizedImageIsThatPartOfIt() {
        FeatureMap image = SeededRandom.announced(this).map(new Shape(2, 3, 40, 31));
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] = (float) Math.floor(128 * Math.abs(image.values()[i])); // bytes
        }
        for (ResizeMethod method : ResizeMethod.values()) {
            for (ResizeFilter filter : method.filters()) {
                for (ElementType storage : List.of(ElementType.UINT8, ElementType.FLOAT32)) {
                    for (CenterCrop crop :
                            List.of(new CenterCrop(9, 20), new CenterCrop(60, 5), new CenterCrop(70, 90))) {
                        Resize resize = new Resize(new ShorterSide(23), filter, method);
                        FeatureMap resized = ImageSizing.apply(List.of(resize), image, storage);
                        assertThat(ImageSizing.apply(List.of(resize, crop), image, storage)
                                        .values())
                                .as("%s %s %s %s", method, filter, storage, crop)
                                .containsExactly(ImageSizing.apply(List.of(crop), resized, storage)
                                        .values());
                    }
                }
            }
        }
    }

    @Test
    void everySliceIsResizedByItself() {
        SeededRandom random = SeededRandom.announced(this);
        FeatureMap volume = random.map(new Shape(2, 3, 8, 9));
        List<SizeChange> changes =
                List.of(new Resize(new ExactSize(5, 12), ResizeFilter.BICUBIC, ResizeMethod.TORCHVISION));

        FeatureMap resized = ImageSizing.apply(changes, volume, ElementType.FLOAT32);

        assertThat(resized.shape()).isEqualTo(new Shape(2, 3, 5, 12));
        for (int plane = 0; plane < 6; plane++) {
            FeatureMap slice = new FeatureMap(
                    new Shape(1, 1, 8, 9), Arrays.copyOfRange(volume.values(), plane * 72, plane * 72 + 72));
            assertThat(Arrays.copyOfRange(resized.values(), plane * 60, plane * 60 + 60))
                    .containsExactly(ImageSizing.apply(changes, slice, ElementType.FLOAT32)
                            .values());
        }
    }

    @Test
    void nothingToDoGivesTheImageItself() {
        FeatureMap image = FeatureMap.zeros(new Shape(3, 1, 20, 30));

        assertThat(ImageSizing.apply(List.of(), image, ElementType.UINT8)).isSameAs(image);
        assertThat(ImageSizing.apply(
                        List.of(
                                new Resize(new ShorterSide(20), ResizeFilter.LANCZOS, ResizeMethod.PILLOW),
                                new CenterCrop(20, 30)),
                        image,
                        ElementType.UINT8))
                .isSameAs(image);
    }

    @Test
    void notANumberStays() {
        FeatureMap image = new FeatureMap(new Shape(1, 1, 1, 4), new float[] {1, 2, Float.NaN, 4});

        assertThat(ImageSizing.apply(
                                List.of(new Resize(new ExactSize(1, 2), ResizeFilter.BOX, ResizeMethod.PILLOW)),
                                image,
                                ElementType.FLOAT32)
                        .values())
                .containsExactly(1.5f, Float.NaN);
    }

    @Test
    void refusesWhatIsTooLargeNamingBothSizes() {
        FeatureMap line = FeatureMap.zeros(new Shape(1, 1, 1, 100_000));

        assertThatThrownBy(() -> apply(line, new ShorterSide(1_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot hold a feature map of 1 × 1000 × 100000000 in one array");
        assertThatThrownBy(() -> apply(line, new ShorterSide(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot resize an image of 1 × 1 × 100000 to a shorter side of 100000: the longer one would be"
                                + " 10000000000, at most 2147483647 is allowed");
    }

    private static FeatureMap apply(FeatureMap image, Resize.Size size) {
        return ImageSizing.apply(
                List.of(new Resize(size, ResizeFilter.BILINEAR, ResizeMethod.PILLOW)), image, ElementType.UINT8);
    }

    @Test
    void refusesSizesAndFiltersThatThereAreNot() {
        assertThatThrownBy(() -> new ShorterSide(0))
                .hasMessage("Cannot resize an image to 0 × 0: every extent must be at least 1");
        assertThatThrownBy(() -> new ExactSize(3, -1))
                .hasMessage("Cannot resize an image to 3 × -1: every extent must be at least 1");
        assertThatThrownBy(() -> new CenterCrop(0, 3))
                .hasMessage("Cannot crop an image to 0 × 3: every extent must be at least 1");
        assertThatThrownBy(() -> new Resize(new ShorterSide(3), ResizeFilter.LANCZOS, ResizeMethod.TORCHVISION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot resize with filter 'lanczos' as torchvision does: allowed are nearest, bilinear, bicubic");
    }
}
