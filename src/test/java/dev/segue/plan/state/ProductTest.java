// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Fields;
import dev.segue.event.RecordType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductTest {
    @Test
    void isIdentifiedById() {
        assertThat(Product.named("shirt", "S", "sku-1")).isEqualTo(new Product("shirt", "S", "sku-1"));
    }

    @Test
    void isIdentifiedBySkuWithoutId() {
        assertThat(Product.named(null, null, "sku-1")).isEqualTo(new Product("sku-1", "", "sku-1"));
        assertThat(Product.named("", null, "sku-1")).isEqualTo(new Product("sku-1", "", "sku-1"));
    }

    @Test
    void variantAloneIdentifiesNoProduct() {
        assertThat(Product.named("", "S", "")).isNull();
    }

    @Test
    void readsFieldsOfEvent() {
        RecordType added = new RecordType("added", List.of(new Field("sku", FieldType.Scalar.STRING, "")));
        assertThat(Product.of(new Fields(added, new Object[] {"sku-1"}))).isEqualTo(new Product("sku-1", "", "sku-1"));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "shirt, '', '', shirt, '', ''",
                "shirt, S, '', shirt, S, ''",
                "shirt, S, '', shirt, '', ''",
                "shirt, '', sku-1, shirt, S, ''",
                "shirt, S, sku-1, shirt, S, sku-1"
            })
    void matchesIfNothingNamedByBothDiffers(
            String id, String variant, String sku, String otherId, String otherVariant, String otherSku) {
        Product one = new Product(id, variant, sku);
        Product other = new Product(otherId, otherVariant, otherSku);
        assertThat(one.fits(other)).isTrue();
        assertThat(other.fits(one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "shirt, '', '', hat, '', ''",
                "shirt, S, '', shirt, L, ''",
                "shirt, S, sku-1, shirt, S, sku-2",
                "shirt, S, sku-1, shirt, L, sku-1"
            })
    void doesNotMatchIfSomethingNamedByBothDiffers(
            String id, String variant, String sku, String otherId, String otherVariant, String otherSku) {
        Product one = new Product(id, variant, sku);
        Product other = new Product(otherId, otherVariant, otherSku);
        assertThat(one.fits(other)).isFalse();
        assertThat(other.fits(one)).isFalse();
    }
}
