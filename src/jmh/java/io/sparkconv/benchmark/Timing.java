package io.sparkconv.benchmark;

/**
 * What two sides took.
 *
 * @param ours seconds a run of this project
 * @param peers seconds a run of the peer
 * @param peer the one of the peers that was fastest
 * @param warmUp seconds of computing until this project ran at 90 % of its final speed
 */
record Timing(double ours, double peers, Contender peer, double warmUp) {

    /** The peer's time over ours. */
    double ratio() {
        return peers / ours;
    }
}
