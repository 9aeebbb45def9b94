package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkconv.network.InputSpecification;
import io.sparkconv.network.yaml.InputReader;
import io.sparkconv.tensor.CenterCrop;
import io.sparkconv.tensor.ChannelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onnx.OnnxFormat.GraphProto;
import org.onnx.OnnxFormat.ModelProto;
import org.onnx.OnnxFormat.NodeProto;
import org.onnx.OnnxFormat.OperatorSetIdProto;
import org.onnx.OnnxFormat.StringStringEntryProto;
import org.onnx.OnnxFormat.TensorShapeProto;
import org.onnx.OnnxFormat.TypeProto;
import org.onnx.OnnxFormat.ValueInfoProto;

/** What a model's metadata say is done to images. */
class ImageMetadataTest {
    private static final int FLOAT = 1;

    @TempDir
    private Path folder;

    private Path write(int channels, Map<String, String> metadata) throws IOException {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int extent : new int[] {1, channels, 8, 8}) {
            shape.addDimBuilder().setDimValue(extent);
        }
        GraphProto graph = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder()
                        .setOpType("Relu")
                        .addInput("image")
                        .addOutput("y"))
                .addInput(ValueInfoProto.newBuilder()
                        .setName("image")
                        .setType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder()
                                        .setElemType(FLOAT)
                                        .setShape(shape))))
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
    }

    private InputSpecification input(int channels, Map<String, String> metadata) throws IOException {
        return OnnxNetwork.load(write(channels, metadata)).network().input();
    }

    /** The ends of the range of pixels become those of the table in ONNX's docs. */
    @ParameterizedTest
    @CsvSource({
        "NominalRange_0_255, 0, 255",
        "Normalized_0_1, 0, 1",
        "Normalized_1_1, -1, 1",
        "NominalRange_16_235, 16, 235",
        "nominalrange_16_235, 16, 235"
    })
    void ranges(String range, float black, float white) throws IOException {
        InputSpecification input = input(3, Map.of("image.nominalPixelRange", range));
        for (int channel = 0; channel < 3; channel++) {
            float mean = input.mean()[channel];
            float deviation = input.standardDeviation()[channel];
            assertThat((0 * input.scale() - mean) / deviation).isEqualTo(black);
            assertThat((255 * input.scale() - mean) / deviation)
                    .isCloseTo(white, org.assertj.core.data.Offset.offset(2e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"Gray8, 1, RGB", "Rgb8, 3, RGB", "Bgr8, 3, BGR", "Rgba8, 4, RGB", "bgra8, 4, BGR"})
    void pixelFormats(String format, int channels, ChannelOrder order) throws IOException {
        InputSpecification input = input(channels, Map.of("Image.BitmapPixelFormat", format));
        assertThat(input.channelOrder()).isEqualTo(order);
        assertThat(input.scale()).isEqualTo(1f);
    }

    @Test
    void ownKeysReplaceThoseOfOnnxAndAJobsReplaceBoth() throws IOException {
        InputSpecification input = input(
                3,
                Map.of(
                        "Image.NominalPixelRange", "Normalized_1_1",
                        "Image.ColorSpaceGamma", "SRGB",
                        "spark-conv.preprocessing", "{\"center_crop\": 8, \"mean\": [0.5, 0.25, 0.125], \"std\": 2}"));
        assertThat(input.scale()).isEqualTo(1f / 127.5f);
        assertThat(input.mean()).containsExactly(0.5f, 0.25f, 0.125f);
        assertThat(input.standardDeviation()).containsExactly(2f, 2f, 2f);
        assertThat(input.sizeChanges()).isEqualTo(List.of(new CenterCrop(8, 8)));

        InputSpecification job = InputReader.changed(input, "{scale: 3, center_crop: none}");
        assertThat(job.scale()).isEqualTo(3f);
        assertThat(job.mean()).containsExactly(0.5f, 0.25f, 0.125f);
        assertThat(job.sizeChanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Image.NominalPixelRange | 0_1 | cannot use its metadata 'Image.NominalPixelRange', '0_1': allowed are NominalRange_0_255, Normalized_0_1, Normalized_1_1, NominalRange_16_235",
                "Image.BitmapPixelFormat | Yuv8 | cannot use its metadata 'Image.BitmapPixelFormat', 'Yuv8': allowed are Gray8, Rgb8, Bgr8, Rgba8, Bgra8",
                "Image.BitmapPixelFormat | Gray8 | cannot use its metadata 'Image.BitmapPixelFormat', 'Gray8': that has 1 channel, the network's input 3",
                "Image.ColorSpaceGamma | 1.8 | cannot use its metadata 'Image.ColorSpaceGamma', '1.8': allowed are SRGB, Linear",
                "Image.ColorSpaceGamma | linear | cannot use its metadata 'Image.ColorSpaceGamma', 'Linear': pixels are decoded as SRGB, and not made linear",
                "spark-conv.preprocessing | {size: 3} | cannot use its metadata 'spark-conv.preprocessing': cannot use preprocessing '{size: 3}': it has no key 'size': allowed are resize, center_crop, channel_order, scale, mean, std"
            })
    void refusals(String key, String value, String message) throws IOException {
        Path file = write(3, Map.of(key, value));
        assertThatThrownBy(() -> OnnxNetwork.load(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot load network " + file + ": " + message);
    }
}
