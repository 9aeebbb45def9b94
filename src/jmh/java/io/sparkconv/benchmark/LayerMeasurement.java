package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import io.sparkconv.conv.Accuracy;
import io.sparkconv.tensor.FeatureMap;
import java.util.List;

/** Measures one layer: speed of both sides, share of the peak, errors against double precision. */
final class LayerMeasurement {
    private final Accuracy accuracy;
    private final InterleavedTiming timing;
    private final PeakMeter peak;

    /** @param accuracy of our layers */
    LayerMeasurement(Accuracy accuracy, InterleavedTiming timing, PeakMeter peak) {
        this.accuracy = accuracy;
        this.timing = timing;
        this.peak = peak;
    }

    LayerResult measure(BenchmarkLayer layer) throws OrtException {
        LayerValues values = LayerValues.of(layer);
        Contender ours = OurEngine.layer(layer, accuracy, values);
        List<OnnxRuntime> peers = OnnxRuntime.sessions(
                (environment, options) ->
                        environment.createSession(layer.network(values).onnx(), options),
                new FeatureMap(layer.input(), values.input()));
        try {
            Timing times = timing.measure(ours, peers);
            DoublePrecision exact = new DoublePrecision(layer, values);
            return new LayerResult(
                    layer.text(),
                    times.ours() * 1e3,
                    times.peers() * 1e3,
                    times.ratio(),
                    2 * layer.products() / times.ours() / peak.operationsPerSecond(),
                    exact.error(ours.outputs().get(0).values()),
                    exact.error(times.peer().outputs().get(0).values()),
                    times.warmUp());
        } finally {
            for (OnnxRuntime peer : peers) {
                peer.close();
            }
        }
    }
}
