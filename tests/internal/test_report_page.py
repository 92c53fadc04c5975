#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report as its readers have it: as markup for a strict parser, as numbers counted once more
from the rows, and as a page in a real browser, where names that attack it must not run.

usage: test_report_page.py REPORT_DUMP SAMPLE_INDEX
The browser is Chromium ($POLE_BROWSER names another); without one its tests are skipped, aloud.
"""

import base64
import collections
import hashlib
import html.parser
import os
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import browser

ELEMENTS = set("""html head meta title style body p b i header h1 h2 main section div span table tbody
    tr td svg rect path g circle text figure figcaption ol li bdi footer""".split())
ATTRIBUTES = set("""lang charset http-equiv content name class aria-hidden aria-label role viewBox
    preserveAspectRatio width height x y rx cx cy r d dy""".split())
FEW = 3


class Parser(html.parser.HTMLParser):
    """What a browser's reader makes of it: names, attributes, text."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.names, self.attributes, self.texts = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        self.texts.append(data)


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="polelookup-report-")
        cls.pages = {}
        for name, index, language, rows in (("sample", cls.sample, "en", 60000),
                                            ("sample-zh", cls.sample, "zh", 60000),
                                            ("few", cls.sample, "en", 300),
                                            ("hostile", "hostile", "en", 9000)):
            page, rows_path = cls.path(name + ".html"), cls.path(name + ".tsv")
            subprocess.run([cls.dump, index, language, str(rows), page, rows_path], check=True,
                           stdout=subprocess.DEVNULL)
            with open(page, encoding="utf-8", newline="") as file:
                cls.pages[name] = file.read()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def path(cls, name):
        return os.path.join(cls.folder.name, name)

    def rows(self, name):
        with open(self.path(name + ".tsv"), encoding="utf-8", newline="") as file:
            return [line.split("\t") for line in file.read().split("\n")[:-1]]


class Markup(Pages):
    def test_it_is_well_formed_and_two_parsers_read_the_same(self):
        for name, page in self.pages.items():
            tree = xml.etree.ElementTree.fromstring(page)
            parser = Parser(page)
            names = [element.tag for element in tree.iter()]
            self.assertEqual(names, parser.names, name)
            attributes = [(key.lower(), value) for element in tree.iter()
                          for key, value in element.items()]
            self.assertEqual(attributes, parser.attributes, name)
            self.assertEqual("".join(tree.itertext()).strip(), "".join(parser.texts).strip(), name)

    def test_it_has_no_elements_or_attributes_but_the_known_ones(self):
        for name, page in self.pages.items():
            tree = xml.etree.ElementTree.fromstring(page)
            used = {element.tag for element in tree.iter()}
            self.assertLessEqual(used, ELEMENTS, name)
            keys = {key for element in tree.iter() for key in element.keys()}
            self.assertLessEqual(keys, ATTRIBUTES, name)
            self.assertEqual([element.tag for element in tree.iter() if element.tag == "style"],
                             ["style"])

    def test_its_policy_allows_its_one_style_and_nothing_else(self):
        for name, page in self.pages.items():
            tree = xml.etree.ElementTree.fromstring(page)
            style = tree.find("head/style").text
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            policy = [meta.get("content") for meta in tree.findall("head/meta")
                      if meta.get("http-equiv") == "Content-Security-Policy"]
            self.assertEqual(policy, ["default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
                                      "form-action 'none'" % digest],
                             "%s: pole_report_style_sha256 must be %s" % (name, digest))
            self.assertLess(page.index("Content-Security-Policy"), page.index("<style"))
            self.assertNotIn("url(", style)
            self.assertNotIn("@import", style)

    def test_names_that_attack_stand_there_as_text(self):
        texts = "".join(Parser(self.pages["hostile"]).texts)
        for text in ("<script>window.hostile=1</script>", "</style><script>window.hostile=2</script>",
                     "\"><img src=x onerror=\"window.hostile=3\">", "' onmouseover='window.hostile=4",
                     "&lt;script&gt;&#60;b&#62;", "]]><![CDATA[",
                     "\ufffd<script>window.hostile=7</script>\ufffd\ufffd[2J\ufffd.csv"):
            self.assertIn(text, texts)
        acting = re.findall("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]",
                            "".join(self.pages.values()))
        self.assertEqual(acting, [])

    def test_it_stays_small(self):
        for name, page in self.pages.items():
            self.assertLess(len(page.encode()), 500 * 1000, name)

    def test_it_is_the_same_again(self):
        again = self.path("again.html")
        subprocess.run([self.dump, self.sample, "en", "60000", again, self.path("again.tsv")],
                       check=True, stdout=subprocess.DEVNULL)
        with open(again, encoding="utf-8", newline="") as file:
            self.assertEqual(file.read(), self.pages["sample"])

    def test_nothing_of_a_call_stands_in_it(self):
        for name in "sample", "hostile", "few":
            self.assertNotIn("&lt;time", self.pages[name])


def text_of(element):
    return "".join(element.itertext())


def is_placed(row):
    """Exact, corrected, or chosen by a person (the flag 4)."""
    return row[0] != "-" and (row[4] in "12" or row[5] == "4")


def number(text):
    return int(text.replace(",", ""))


class Numbers(Pages):
    """The rows, counted again."""

    def lists(self, name):
        tree = xml.etree.ElementTree.fromstring(self.pages[name])
        tables = tree.findall(".//table[@class='top']")
        lines = [[(text_of(row[1]), number(text_of(row[2]))) for row in table.iter("tr")]
                 for table in tables]
        stations = [(text_of(item[0]), number(text_of(item[1])))
                    for item in tree.find(".//ol[@class='stations']")]
        return lines[0], lines[1], stations

    def check(self, name):
        rows = self.rows(name)
        page = self.pages[name]
        tree = xml.etree.ElementTree.fromstring(page)
        placed = [row for row in rows if is_placed(row)]
        between = sum(row[4] == "4" for row in rows)
        tiles = [number(tile[0].text) for tile in tree.findall(".//div[@class='tiles']/div")]
        self.assertEqual(tiles, [len(rows), len(placed), between,
                                 len(rows) - len(placed) - between])

        poles = collections.Counter((row[0], row[1], row[2]) for row in placed)
        streets = collections.Counter((row[1], row[2]) for row in placed)
        stations = collections.Counter(row[3] for row in rows
                                       if is_placed(row) or row[4] == "4")
        told_poles, told_streets, told_stations = self.lists(name)
        self.compare([("%s %s" % (" ".join(re.fullmatch("(.)(..)(..)(..)", code).groups()), street),
                       count) for (code, street, _), count in poles.items()],
                     [(" · ".join(text.split(" · ")[:1]), count) for text, count in told_poles])
        self.compare([("%s %s" % key, count) for key, count in streets.items()], told_streets)
        self.compare(list(stations.items()), told_stations, 200)
        for what, counts in ("Poles", poles), ("Streets", streets):
            few = [count for count in counts.values() if count < FEW]
            line = "%s with fewer than three calls each: {:,}; their calls together: {:,}." % what
            self.assertEqual(line.format(len(few), sum(few)) in page, bool(few), what)

    def compare(self, counted, told, most=20):
        """The commonest, in order of their counts; which of equals come last may differ."""
        counted = sorted((pair for pair in counted if pair[1] >= FEW), key=lambda pair: -pair[1])
        self.assertEqual([count for _, count in told], [count for _, count in counted[:most]])
        self.assertLessEqual(collections.Counter(told), collections.Counter(counted))

    def test_every_number_is_what_the_rows_come_to(self):
        self.check("sample")
        self.check("few")

    def test_hours_are_what_the_rows_come_to(self):
        for name in "sample", "few":
            rows = self.rows(name)
            hours = collections.Counter(row[6][11:13] for row in rows if not row[6].startswith("<"))
            tree = xml.etree.ElementTree.fromstring(self.pages[name])
            told = [text_of(title) for title in tree.findall(".//svg[@class='day']/rect/title")]
            self.assertEqual(told, ["%02d:00  %s" % (hour, "{:,}".format(count) if count >= FEW
                                                     else "<3")
                                    for hour, count in ((h, hours["%02d" % h]) for h in range(24))])
            unread = sum(row[6].startswith("<") for row in rows)
            self.assertIn("{:,} calls have no time that can be read".format(unread),
                          self.pages[name])

    def test_every_call_of_a_map_is_a_call_of_a_pole_with_three_or_more(self):
        poles = collections.Counter(row[0] for row in self.rows("sample")
                                    if is_placed(row))
        told = sum(count for count in poles.values() if count >= FEW)
        tree = xml.etree.ElementTree.fromstring(self.pages["sample"])
        maps = sum(number(re.search("([0-9,]+) calls$", text_of(caption)).group(1))
                   for caption in tree.findall(".//figcaption"))
        outside = re.search("([0-9,]+) calls came from places outside", self.pages["sample"])
        self.assertEqual(maps + (number(outside.group(1)) if outside else 0), told)


class InABrowser(Pages):
    def setUp(self):
        found = browser.find()
        if not found:
            print("SKIPPED, NO BROWSER: apt-get install chromium, or set POLE_BROWSER",
                  file=sys.stderr)
            self.skipTest("no browser")
        self.browser = browser.Browser(found)
        self.addCleanup(self.browser.__exit__)

    def test_it_shows_without_complaint_at_every_width_and_nothing_attacks(self):
        for name in self.pages:
            url = "file://" + self.path(name + ".html")
            for width, dark in (1280, False), (390, False), (390, True), (320, False):
                where = "%s at %d" % (name, width)
                self.browser.open(url, width, dark=dark)
                self.assertEqual(self.browser.value("typeof window.hostile"), "undefined", where)
                self.assertIn("SAMPLE", self.browser.value("document.title"), where)
                self.assertEqual(self.browser.value("document.scripts.length"), 0, where)
                self.assertEqual(self.browser.value(
                    "document.querySelectorAll('a,img,iframe,link,form,object').length"), 0, where)
                # The style was taken: the policy's hash is right.
                self.assertEqual(self.browser.value(
                    "getComputedStyle(document.querySelector('.sample')).backgroundColor"),
                    "rgb(179, 19, 31)", where)
                self.assertLessEqual(
                    self.browser.value("document.documentElement.scrollWidth"), width, where)
                self.assertEqual(self.browser.value(OUTSIDE), [], where)
                self.assertEqual(self.browser.complaints, [], where)
                self.assertEqual(self.browser.requests, [url], where)

    def test_a_script_would_be_refused_if_one_came_in(self):
        """The judge is awake: the same page with an attack unescaped complains, and does not run."""
        path = self.path("broken.html")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.pages["hostile"].replace(
                "<main>", "<main><script>window.hostile=8</script>"
                          "<p style=\"color:red\" onclick=\"x()\">x</p>", 1))
        self.browser.open("file://" + path, 1280)
        self.assertEqual(self.browser.value("typeof window.hostile"), "undefined")
        self.assertIn("Content Security Policy", str(self.browser.complaints))


# Boxes of text that stick out of the card they are in.
OUTSIDE = """[...document.querySelectorAll('section')].flatMap(card => {
    const right = card.getBoundingClientRect().right + 0.5;
    return [...card.querySelectorAll('td,p,h2,li,span,b,figure')]
        .filter(box => box.getBoundingClientRect().right > right)
        .map(box => box.className + ': ' + box.textContent.slice(0, 40)); })"""


if __name__ == "__main__":
    Pages.dump, Pages.sample = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1], verbosity=2)
