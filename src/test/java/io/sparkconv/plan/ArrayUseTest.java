package io.sparkconv.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkconv.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayUseTest {

    @Test
    void usesThatEndBeforeOthersBeginShareAnArray() {
        List<ArrayUse> chain = List.of(new ArrayUse(10, 0, 1), new ArrayUse(30, 1, 2), new ArrayUse(20, 2, 3));
        assertThat(ArrayUse.share(chain)).containsExactly(1, 0, 1);
        assertThat(ArrayUse.sharedLength(chain)).isEqualTo(30 + 20);
        assertThat(ArrayUse.longestAlive(chain)).isEqualTo(30 + 20);
        assertThat(ArrayUse.sharedLength(List.of())).isZero();
    }

    @Test
    void noTwoUsesShareAnArrayAtATime() {
        SeededRandom random = SeededRandom.announced(this);
        for (int i = 0; i < 300; i++) {
            List<ArrayUse> uses = new ArrayList<>();
            for (int use = random.between(1, 30); use > 0; use--) {
                int first = random.between(0, 20);
                uses.add(new ArrayUse(random.between(1, 100), first, first + random.between(0, 5)));
            }
            int[] numbers = ArrayUse.share(uses);
            for (int one = 0; one < numbers.length; one++) {
                for (int other = 0; other < one; other++) {
                    ArrayUse a = uses.get(one);
                    ArrayUse b = uses.get(other);
                    if (numbers[one] == numbers[other]) {
                        assertThat(a.last() < b.first() || b.last() < a.first())
                                .as("%s and %s", a, b)
                                .isTrue();
                    }
                }
            }
            assertThat(ArrayUse.sharedLength(uses)).isGreaterThanOrEqualTo(ArrayUse.longestAlive(uses));
        }
    }
}
