package io.sparkconv.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Times this project and a peer in turns, so that what else the machine does meets both alike. */
final class InterleavedTiming {
    private static final int LEAST_ROUNDS = 11;
    private static final int LEAST_WARM_UP_RUNS = 10;
    /** Rounds that tell which of the peers is fastest, after some that don't count. */
    private static final int CHOICE_ROUNDS = 9;

    private static final int CHOICE_WARM_UP_RUNS = 3;
    /** Runs a round: as many as take about this long, after one that doesn't count where there are several. */
    private static final double ROUND_SECONDS = 0.003;

    private final double warmUpSeconds;
    private final double seconds;
    private final double quantile;
    private final LongSupplier clock;
    private final Runnable betweenRounds;

    /**
     * @param warmUpSeconds computing of this project before anything counts
     * @param seconds of measuring, all rounds together
     * @param quantile which of the rounds' times counts: 0.5 for the median
     * @param clock nanoseconds since some moment
     * @param betweenRounds done after each round
     */
    InterleavedTiming(
            double warmUpSeconds, double seconds, double quantile, LongSupplier clock, Runnable betweenRounds) {
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
        this.quantile = quantile;
        this.clock = clock;
        this.betweenRounds = betweenRounds;
    }

    Timing measure(Contender ours, List<? extends Contender> peers) {
        double warmUp = warmUp(ours);
        Contender peer = fastest(peers);
        List<Double> ourTimes = new ArrayList<>();
        List<Double> peerTimes = new ArrayList<>();
        int ourRuns = runs(time(ours, 1));
        int peerRuns = runs(time(peer, 1));
        long start = System.nanoTime();
        while (ourTimes.size() < LEAST_ROUNDS || System.nanoTime() - start < seconds * 1e9) {
            ourTimes.add(round(ours, ourRuns));
            peerTimes.add(round(peer, peerRuns));
            betweenRounds.run();
        }
        return new Timing(quantile(ourTimes, quantile), quantile(peerTimes, quantile), peer, warmUp);
    }

    /** Computes until it is warm; seconds after which it ran at 90 % of its final speed. */
    private double warmUp(Contender ours) {
        List<Double> times = new ArrayList<>();
        double spent = 0;
        while (spent < warmUpSeconds || times.size() < LEAST_WARM_UP_RUNS) {
            double time = time(ours, 1);
            spent += time;
            times.add(time);
        }
        double last = quantile(times.subList(times.size() * 3 / 4, times.size()), 0.5);
        double before = 0;
        for (int i = 0; i + 5 <= times.size(); i++) {
            if (quantile(times.subList(i, i + 5), 0.5) <= last / 0.9) {
                return before;
            }
            before += times.get(i);
        }
        return spent;
    }

    private Contender fastest(List<? extends Contender> peers) {
        for (Contender peer : peers) {
            time(peer, CHOICE_WARM_UP_RUNS);
        }
        List<List<Double>> times = new ArrayList<>();
        peers.forEach(peer -> times.add(new ArrayList<>()));
        for (int round = 0; round < CHOICE_ROUNDS; round++) {
            for (int i = 0; i < peers.size(); i++) {
                times.get(i).add(time(peers.get(i), 1));
            }
        }
        int fastest = 0;
        for (int i = 1; i < peers.size(); i++) {
            if (quantile(times.get(i), 0.5) < quantile(times.get(fastest), 0.5)) {
                fastest = i;
            }
        }
        return peers.get(fastest);
    }

    private static int runs(double time) {
        return (int) Math.max(1, Math.ceil(ROUND_SECONDS / time));
    }

    /**
     * Seconds a run. The first of several brings back into the caches what the other side has driven out, which takes up to
     * twice as long as the run itself; it doesn't count, for either side.
     */
    private double round(Contender contender, int runs) {
        if (runs > 1) {
            contender.run();
        }
        return time(contender, runs);
    }

    /** Seconds a run. */
    private double time(Contender contender, int runs) {
        long start = clock.getAsLong();
        for (int run = 0; run < runs; run++) {
            contender.run();
        }
        return (clock.getAsLong() - start) / 1e9 / runs;
    }

    /** The value below which a part of the values lies; the mean of both in the middle for the median of an even number. */
    static double quantile(List<Double> values, double quantile) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        double place = quantile * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
