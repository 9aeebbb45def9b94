package io.sparkconv.benchmark;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkconv.conv.Accuracy;
import io.sparkconv.kernel.FusedMultiplyAddPeak;
import io.sparkconv.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** Measures one layer: ours and ONNX Runtime's in turns, so that what else the machine does meets both alike. */
final class LayerMeasurement {
    private static final double WARM_UP_SECONDS = 2;
    private static final int LEAST_ROUNDS = 15;
    /** Calls a round: as many as take about this long. */
    private static final double ROUND_SECONDS = 0.002;

    private final Accuracy accuracy;
    private final double seconds;
    private final double quantile;
    private final LongSupplier clock;

    /**
     * @param accuracy of our layers
     * @param seconds of measuring
     * @param quantile which of the times counts: 0.5 for the median
     * @param clock nanoseconds since some moment
     */
    LayerMeasurement(Accuracy accuracy, double seconds, double quantile, LongSupplier clock) {
        this.accuracy = accuracy;
        this.quantile = quantile;
        this.seconds = seconds;
        this.clock = clock;
    }

    LayerResult measure(BenchmarkLayer layer) throws OrtException {
        Random random = new Random(42);
        float[] values = gaussian(random, layer.input().arrayLength(), 1);
        double scale = 1 / Math.sqrt((double) layer.geometry().groupInputs()
                * layer.geometry().kernelPixels());
        float[] weights = gaussian(random, layer.geometry().weightCount(), scale);
        float[] bias = gaussian(random, layer.geometry().outputChannels(), 0.1);
        OurLayer ours = new OurLayer(layer, accuracy, weights, bias, values);
        Shape output = ours.operator().outputShape(layer.input());
        double warmUp = warmUp(ours);
        try (OnnxRuntimeLayer all = new OnnxRuntimeLayer(layer, output, weights, bias, values, OptLevel.ALL_OPT);
                OnnxRuntimeLayer basic = new OnnxRuntimeLayer(layer, output, weights, bias, values, OptLevel.BASIC_OPT)) {
            OnnxRuntimeLayer best = best(all, basic);
            List<Double> ourTimes = new ArrayList<>();
            List<Double> bestTimes = new ArrayList<>();
            List<Double> peaks = new ArrayList<>();
            int ourCalls = calls(time(ours::run, 1));
            int bestCalls = calls(time(best::run, 1));
            long start = System.nanoTime();
            while (ourTimes.size() < LEAST_ROUNDS || System.nanoTime() - start < seconds * 1e9) {
                ourTimes.add(time(ours::run, ourCalls));
                bestTimes.add(time(best::run, bestCalls));
                peaks.add(FusedMultiplyAddPeak.measure(clock));
            }
            double ourTime = quantile(ourTimes);
            double bestTime = quantile(bestTimes);
            double operations = 2 * ours.operator().productsPerPixel() * (output.arrayLength() / output.channels());
            DoublePrecision exact = new DoublePrecision(layer, output, weights, bias, values);
            return new LayerResult(
                    layer.text(),
                    ourTime * 1e3,
                    bestTime * 1e3,
                    bestTime / ourTime,
                    operations / ourTime / 1e9 / peaks.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    exact.error(ours.output()),
                    exact.error(best.output()),
                    warmUp);
        }
    }

    /** Computes until it is warm; seconds after which it ran at 90 % of its final speed. */
    private double warmUp(OurLayer ours) {
        List<Double> ends = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        double spent = 0;
        while (spent < WARM_UP_SECONDS || times.size() < 10) {
            double time = time(ours::run, 1);
            spent += time;
            ends.add(spent);
            times.add(time);
            FusedMultiplyAddPeak.measure(clock);
        }
        double last = median(times.subList(times.size() * 3 / 4, times.size()));
        for (int i = 0; i + 5 <= times.size(); i++) {
            if (median(times.subList(i, i + 5)) <= last / 0.9) {
                return ends.get(i) - times.get(i);
            }
        }
        return spent;
    }

    private OnnxRuntimeLayer best(OnnxRuntimeLayer all, OnnxRuntimeLayer basic) {
        List<Double> allTimes = new ArrayList<>();
        List<Double> basicTimes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            allTimes.add(time(all::run, 1));
            basicTimes.add(time(basic::run, 1));
        }
        return median(allTimes) <= median(basicTimes) ? all : basic;
    }

    private static int calls(double time) {
        return (int) Math.max(1, Math.ceil(ROUND_SECONDS / time));
    }

    private double time(Runnable run, int calls) {
        long start = clock.getAsLong();
        for (int call = 0; call < calls; call++) {
            run.run();
        }
        return (clock.getAsLong() - start) / 1e9 / calls;
    }

    /** The quantile of a list that is asked for; the median unless the machine is too busy for it. */
    private double quantile(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (quantile * (sorted.length - 1))];
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }
}
