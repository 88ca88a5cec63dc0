// SPDX-License-Identifier: Apache-2.0
package dev.segue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** A type of a field may be a record, and a record has fields: three classes that need each other. */
class ClassCirclesTest {
    private final JavaClasses classes = new ClassFileImporter().importPackages("dev.segue.event");

    @Test
    void reportsCycleBeyondLimit() {
        assertThatThrownBy(() ->
                        ArchRuleDefinition.classes().should(new ClassCircles(2)).check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3 classes of dev.segue.event form a circle: Field, FieldType, RecordType");
    }

    @Test
    void allowsCycleOfLimit() {
        assertThatCode(() ->
                        ArchRuleDefinition.classes().should(new ClassCircles(3)).check(classes))
                .doesNotThrowAnyException();
    }
}
