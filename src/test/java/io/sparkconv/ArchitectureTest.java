package io.sparkconv;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.sparkconv.fixture.conv.RuleBreakerHelper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages' arrows and the style of names and signatures. */
class ArchitectureTest {
    private static final String BASE = "io.sparkconv";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);
    /** A class that breaks every rule, in packages that are named as the real ones. */
    private static final String FIXTURE = BASE + ".fixture";

    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(FIXTURE);

    /** What each package may use besides itself. */
    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        arrows.put("tensor", Set.of());
        arrows.put("kernel", Set.of());
        arrows.put("tile", Set.of("tensor"));
        arrows.put("conv", Set.of("kernel", "tile", "tensor"));
        // kernel: exp and tanh of the activations must give one set of bits, and stand beside the micro-kernels
        arrows.put("network", Set.of("conv", "tile", "tensor", "kernel"));
        // tensor: shapes are in the signatures of network and tile
        arrows.put("plan", Set.of("network", "tile", "tensor"));
        arrows.put("image", Set.of("tensor"));
        arrows.put("table", Set.of("tile", "tensor"));
        arrows.put("spark", Set.of("plan", "table", "image", "network", "conv", "kernel", "tile", "tensor"));
        // tile: regions and grids are in the signatures of plan
        arrows.put("view", Set.of("network", "plan", "tile", "tensor"));
        Set<String> all = new HashSet<>(arrows.keySet());
        arrows.put("job", all);
        return arrows;
    }

    private static List<ArchRule> arrowRules(String base) {
        List<ArchRule> rules = new ArrayList<>();
        arrows().forEach((name, allowed) -> {
            String[] forbidden = arrows().keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(other -> base + "." + other + "..")
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(base + "." + name + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(forbidden))
                    .allowEmptyShould(true));
        });
        return rules;
    }

    private static ArchRule acyclic(String base) {
        return slices().matching(base + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String base, String library, String... packages) {
        String[] allowed =
                Stream.of(packages).map(name -> base + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .allowEmptyShould(true);
    }

    private static final ArchRule EVERY_CLASS_HAS_A_PACKAGE_OF_THE_DESIGN = classes()
            .should()
            .resideInAnyPackage(arrows().keySet().stream()
                    .map(name -> BASE + "." + name + "..")
                    .toArray(String[]::new));

    private static final ArchRule NO_NAME_THAT_SAYS_NOTHING = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager)(\\$.*)?")
            .allowEmptyShould(true);

    private static final ArchRule NO_SWITCHES_IN_SIGNATURES = methods()
            .that()
            .arePublic()
            .and(describe("are not a library's", method -> !overridesLibrary(method)))
            .should(new ArchCondition<JavaMethod>("have no boolean parameter") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean hasBoolean =
                            method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(boolean.class));
                    events.add(new SimpleConditionEvent(
                            method, !hasBoolean, method.getFullName() + " has a boolean parameter"));
                }
            })
            .allowEmptyShould(true);

    private static final ArchRule NO_PREFIX_GET = methods()
            .that(describe(
                    "are written by hand, and not a library's",
                    method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC) && !overridesLibrary(method)))
            .should()
            .haveNameNotMatching("get([A-Z].*)?")
            .allowEmptyShould(true);

    /** Whether a method of that name and those parameters comes from a class or interface of others. */
    private static boolean overridesLibrary(JavaMethod method) {
        JavaClass owner = method.getOwner();
        String[] parameters =
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith(BASE))
                .anyMatch(
                        type -> type.tryGetMethod(method.getName(), parameters).isPresent());
    }

    private static void requireFails(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation())
                .as("%s must fail on %s", rule.getDescription(), RuleBreakerHelper.class)
                .isTrue();
    }

    @Test
    void packagesUseWhatTheirArrowsAllow() {
        arrowRules(BASE).forEach(rule -> rule.check(MAIN));
        assertThat(arrowRules(FIXTURE).stream()
                        .filter(rule -> rule.evaluate(BROKEN).hasViolation()))
                .as("conv may not use network")
                .hasSize(1);
    }

    @Test
    void packagesHaveNoCycle() {
        acyclic(BASE).check(MAIN);
        requireFails(acyclic(FIXTURE));
    }

    @Test
    void everyClassHasItsPlace() {
        EVERY_CLASS_HAS_A_PACKAGE_OF_THE_DESIGN.check(MAIN);
        requireFails(EVERY_CLASS_HAS_A_PACKAGE_OF_THE_DESIGN);
    }

    @Test
    void sparkStaysInThePackagesThatRunIt() {
        onlyIn(BASE, "org.apache.spark", "spark", "table", "job").check(MAIN);
        requireFails(onlyIn(FIXTURE, "org.apache.spark", "spark", "table", "job"));
    }

    @Test
    void theVectorModuleStaysInKernel() {
        onlyIn(BASE, "jdk.incubator.vector", "kernel").check(MAIN);
        // the fixture has no vectors: the same rule must see another library
        requireFails(onlyIn(FIXTURE, "org.apache.spark.storage", "kernel"));
    }

    @Test
    void namesSayWhatClassesDo() {
        NO_NAME_THAT_SAYS_NOTHING.check(MAIN);
        requireFails(NO_NAME_THAT_SAYS_NOTHING);
    }

    @Test
    void publicSignaturesHaveNoBoolean() {
        NO_SWITCHES_IN_SIGNATURES.check(MAIN);
        requireFails(NO_SWITCHES_IN_SIGNATURES);
    }

    @Test
    void methodsAreNamedWithoutGet() {
        NO_PREFIX_GET.check(MAIN);
        requireFails(NO_PREFIX_GET);
    }
}
