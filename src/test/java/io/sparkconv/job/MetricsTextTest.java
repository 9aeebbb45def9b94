package io.sparkconv.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.spark.ExtractionMetrics;
import io.sparkconv.spark.JobSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    private static ExtractionMetrics metrics(long tiles, long moved, long macs, long redundant, double seconds) {
        return new ExtractionMetrics(
                "2026-01-01T00:00:00Z",
                10,
                "4.2.0",
                "17",
                List.of("edges"),
                "float32",
                "auto",
                Map.of(),
                new JobSummary(1, 1, 0, tiles),
                List.of(),
                tiles,
                moved,
                moved / 2,
                0,
                null,
                null,
                macs,
                redundant,
                0,
                0,
                seconds,
                null);
    }

    @Test
    void saysHalosAndRedundantProducts() {
        assertThat(MetricsText.of(metrics(1600, 3L << 20, 1_234_000_000_000L, 12_340_000_000L, 246.8)))
                .isEqualTo("Tiles: 1,600; halos 3.0 MiB moved (minimum 1.5 MiB);"
                        + " 1.2 TMAC (1.00 % redundant) at 10.0 GFLOP/s a core");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(MetricsText.of(metrics(3, 0, 0, 0, 1))).isEqualTo("Tiles: 3");
        assertThat(MetricsText.of(metrics(3, 0, 999_960, 0, 0))).isEqualTo("Tiles: 3; 1.0 MMAC");
        assertThat(MetricsText.of(metrics(3, 0, 999, 0, 0))).isEqualTo("Tiles: 3; 999 MAC");
    }

    @Test
    void unknownTaskTimeLeavesNoOtherTime() {
        assertThat(metrics(3, 0, 0, 0, 1).otherCoreSeconds()).isNull();
    }
}
