package io.sparkconv.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.RawBits;
import io.sparkconv.network.Network;
import io.sparkconv.network.weights.SafetensorsWriter;
import io.sparkconv.network.weights.WeightFiles;
import io.sparkconv.network.yaml.NetworkFile;
import io.sparkconv.network.yaml.NetworkWriter;
import io.sparkconv.tensor.FeatureMap;
import java.nio.file.Path;
import java.util.Map;

/**
 * The network of an ONNX file, and what is read of the YAML and safetensors that it is written as.
 *
 * @param onnx the network of the ONNX file
 * @param text the YAML
 * @param read the network of the YAML
 */
record WrittenNetwork(OnnxNetwork onnx, String text, NetworkFile read) {

    /** @throws IllegalArgumentException if it can't be written */
    static WrittenNetwork of(Path file) {
        OnnxNetwork onnx = OnnxNetwork.load(file);
        NetworkWriter written = NetworkWriter.of(
                onnx.network(),
                onnx.dimensions(),
                onnx.usualImage(),
                OnnxWeights.load(file, onnx)::of,
                "network.safetensors");
        byte[] weights = SafetensorsWriter.write(written.parameters());
        NetworkFile read = NetworkFile.load("network.yaml", written.text(), name -> WeightFiles.open(name, weights));
        assertThat(read.unreadWeights()).isEmpty();
        return new WrittenNetwork(onnx, written.text(), read);
    }

    /** Both networks give the same bits for an image. */
    void requireSameBits(FeatureMap image) {
        Map<String, FeatureMap> expected = NetworkRun.whole(onnx.network().at(image.shape()), image);
        Map<String, FeatureMap> actual = NetworkRun.whole(read.network(), image);
        Network network = onnx.network();
        assertThat(read.network().outputs()).isEqualTo(network.outputs());
        for (String output : network.outputs()) {
            assertThat(actual.get(output).shape())
                    .as(text)
                    .isEqualTo(expected.get(output).shape());
            assertThat(RawBits.of(actual.get(output).values()))
                    .as(text)
                    .isEqualTo(RawBits.of(expected.get(output).values()));
        }
    }
}
