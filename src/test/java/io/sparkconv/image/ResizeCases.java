package io.sparkconv.image;

import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.FeatureMap;
import io.sparkconv.tensor.Resize;
import io.sparkconv.tensor.Resize.ExactSize;
import io.sparkconv.tensor.Resize.ShorterSide;
import io.sparkconv.tensor.ResizeFilter;
import io.sparkconv.tensor.ResizeMethod;
import io.sparkconv.tensor.SizeChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What Pillow and torchvision make of images: src/test/resources/resize. */
public final class ResizeCases {
    private static final Map<String, ResizeMethod> METHODS = Map.of(
            "pillow", ResizeMethod.PILLOW,
            "pillow-F", ResizeMethod.PILLOW,
            "torchvision", ResizeMethod.TORCHVISION,
            "torchvision-v2", ResizeMethod.PILLOW,
            "aliased", ResizeMethod.TORCHVISION_ALIASED);

    /**
     * One result.
     *
     * @param name image, library, filter, size and crop
     * @param library whose result it is; {@code crop} where nothing is resized
     * @param input the image
     * @param file the image as a file
     * @param changes what is done to it
     * @param expected the library's result
     */
    public record Case(
            String name,
            String library,
            DecodedImage input,
            byte[] file,
            List<SizeChange> changes,
            DecodedImage expected) {
        @Override
        public String toString() {
            return name;
        }

        FeatureMap result() {
            return ImageSizing.apply(changes, input.pixels(), input.storage());
        }
    }

    private ResizeCases() {}

    /** The case of a name. */
    public static Case named(String name) {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Case> all() {
        Map<String, DecodedImage> inputs = new HashMap<>();
        Map<String, byte[]> files = new HashMap<>();
        List<Case> cases = new ArrayList<>();
        try (InputStream file = ResizeCases.class.getResourceAsStream("/resize/cases.npz");
                ZipInputStream archive = new ZipInputStream(file)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                byte[] content = archive.readAllBytes();
                DecodedImage image = ImageDecoder.decode(content);
                String[] path = entry.getName().replace(".npy", "").split("/");
                if (path[0].equals("input")) {
                    inputs.put(path[1], image);
                    files.put(path[1], content);
                } else {
                    String[] words = path[1].split(" ");
                    cases.add(new Case(
                            path[1], words[1], inputs.get(words[0]), files.get(words[0]), changes(words), image));
                }
            }
            return cases;
        } catch (IOException | UndecodableImageException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<SizeChange> changes(String[] words) {
        if (words[1].equals("crop")) {
            return List.of(crop(words[2]));
        }
        int[] size = numbers(words[3]);
        Resize resize = new Resize(
                size.length == 1 ? new ShorterSide(size[0]) : new ExactSize(size[0], size[1]),
                ResizeFilter.of(words[2]),
                METHODS.get(words[1]));
        return words.length == 4 ? List.of(resize) : List.of(resize, crop(words[4]));
    }

    private static CenterCrop crop(String text) {
        return new CenterCrop(numbers(text)[0], numbers(text)[1]);
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }
}
