package io.sparkconv.network.onnx;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The whole networks beside the cases of single operators: classic ones with constant weights, and two trained ones. */
class OnnxNetworksTest {

    @Test
    void everyNetworkEqualsItsExpectedOutput() {
        OnnxConformanceTest.requireAll(Path.of("src", "test", "resources", "cases", "networks"));
    }
}
