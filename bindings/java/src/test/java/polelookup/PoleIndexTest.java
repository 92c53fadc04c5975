// SPDX-License-Identifier: MIT
package polelookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an index answers, beyond the vectors: types, optionals, errors, copies that live on. */
class PoleIndexTest {
    private PoleIndex index;

    @BeforeEach
    void open() {
        index = PoleIndex.open(Sample.path());
    }

    @AfterEach
    void close() {
        index.close();
    }

    private String someCode() {
        return index.nearest(45.75, 126.65, 1).get(0).pole().code();
    }

    @Test
    void findsAPoleByTextAndByNumber() {
        String code = someCode();
        Pole pole = index.find(code).orElseThrow();
        assertEquals(code, pole.code());
        assertEquals(pole, index.find(Integer.parseInt(code), 7).orElseThrow());
        assertEquals(pole, index.find(code, "").orElseThrow());
        assertEquals(pole, index.pole(pole.row()));
        assertEquals(pole.hashCode(), index.pole(pole.row()).hashCode());
        assertTrue(pole.isSample());
        assertTrue(pole.toString().contains(code));
    }

    @Test
    void readsCodesAsPeopleWriteThem() {
        String code = someCode();
        String grouped = index.format(code);
        assertTrue(grouped.contains(" "));
        assertEquals(index.find(code), index.find(grouped));
        assertEquals(code, index.parse(grouped));
    }

    @Test
    void tellsWhatIsNoCodeFromWhatIsNotThere() {
        assertThrows(MalformedCodeException.class, () -> index.find("12345"));
        assertThrows(MalformedCodeException.class, () -> index.find("pole"));
        assertEquals(Status.MALFORMED_CODE,
                assertThrows(PoleException.class, () -> index.find("")).status());
        assertFalse(index.find("0000000").isPresent());
        assertFalse(index.findStation("no such station").isPresent());
        assertEquals(Status.NOT_FOUND,
                assertThrows(PoleException.class, () -> index.find("2301612", "nowhere"))
                        .status());
    }

    @Test
    void resolvesWithEvidence() {
        Pole pole = index.find(someCode()).orElseThrow();
        Evidence here = Evidence.builder().hint(pole.lat(), pole.lon(), 200).build();
        Resolution bare = index.resolve(pole.code());
        Resolution hinted = index.resolve(pole.code(), here);
        assertTrue(bare.warnings().contains(Warning.UNCORROBORATED));
        assertTrue(hinted.corroboratedBy().contains(EvidenceKind.HINT));
        assertTrue(hinted.warnings().contains(Warning.SAMPLE_DATA));
        assertEquals(pole, hinted.first().orElseThrow().pole());
        assertTrue(hinted.confidence().orElseThrow() > bare.confidence().orElseThrow());
        assertTrue(hinted.toJson().contains("\"sample\":true"), hinted.toJson());
        assertFalse(bare.question().say().isEmpty());
    }

    @Test
    void answersOutliveTheIndex() {
        Resolution answer = index.resolve(someCode());
        Pole pole = answer.first().orElseThrow().pole();
        index.close();
        assertTrue(index.isClosed());
        assertEquals(7, pole.code().length());
        assertThrows(IllegalStateException.class, () -> index.find(pole.code()));
        assertThrows(IllegalStateException.class, () -> index.resolve(pole.code()));
        index.close();
    }

    @Test
    void aFoundPoleReadsItsTextsWhenAsked() {
        String code = someCode();
        Pole asked = index.find(code).orElseThrow().read();
        Pole unasked = index.find(code).orElseThrow();
        index.close();
        assertTrue(asked.street().isPresent());
        assertEquals(asked.point(), unasked.point());
        assertEquals(code, unasked.code());
        assertTrue(unasked.isSample());
        assertThrows(IllegalStateException.class, unasked::street);
    }

    @Test
    void opensFromMemoryAndRefusesWhatIsNoIndex() throws Exception {
        byte[] bytes = Files.readAllBytes(Sample.path());
        try (PoleIndex copy = PoleIndex.open(bytes)) {
            assertEquals(index.info().id(), copy.info().id());
        }
        bytes[bytes.length / 2] ^= 1;
        assertEquals(Status.DAMAGED,
                assertThrows(IndexFileException.class, () -> PoleIndex.open(bytes)).status());
        assertEquals(Status.NOT_AN_INDEX,
                assertThrows(IndexFileException.class, () -> PoleIndex.open(new byte[100]))
                        .status());
        assertEquals(Status.IO,
                assertThrows(IndexFileException.class, () -> PoleIndex.open("/absent.plx"))
                        .status());
    }
}
