# SPDX-License-Identifier: MIT
"""A page in a real browser: Chromium, spoken to through two pipes, without a port or a package.

Protocol: https://chromedevtools.github.io/devtools-protocol/ (--remote-debugging-pipe: JSON texts,
each ended by a zero byte; the browser reads from descriptor 3 and writes to 4)."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"
PATIENCE_S = 120


def find():
    """The path of a browser, or None. $POLE_BROWSER names another."""
    named = os.environ.get("POLE_BROWSER")
    return named if named else next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One tab. Everything that it complains of is kept in `complaints`, every address that it asks
    for in `requests`."""

    def __init__(self, path):
        self.profile = tempfile.TemporaryDirectory(prefix="polelookup-browser-")
        read_end, self.writer = os.pipe()
        self.reader, write_end = os.pipe()

        def pipes():  # 3 and 4 may be among the ends themselves
            a, b = os.dup(read_end), os.dup(write_end)
            high = [os.dup2(a, 100), os.dup2(b, 101)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe",
             "--user-data-dir=" + self.profile.name, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=pipes)
        os.close(read_end)
        os.close(write_end)
        self.pending, self.number, self.session = b"", 0, None
        self.complaints, self.requests, self.events = [], [], []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        for domain in "Page", "Runtime", "Log", "Network", "Audits":
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.session = None
            self.call("Browser.close")
        except (OSError, EOFError, RuntimeError):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.writer)
        os.close(self.reader)
        self.profile.cleanup()

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.writer, data):]
        wanted = self.number
        while True:
            answer = self.receive()
            if answer.get("id") == wanted:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]

    def receive(self):
        end = time.monotonic() + PATIENCE_S
        while b"\0" not in self.pending:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.reader], [], [], left)[0]:
                raise EOFError("the browser does not answer")
            more = os.read(self.reader, 1 << 20)
            if not more:
                raise EOFError("the browser is gone")
            self.pending += more
        text, self.pending = self.pending.split(b"\0", 1)
        message = json.loads(text)
        self.note(message.get("method"), message.get("params", {}))
        return message

    def note(self, method, params):
        self.events.append(method)
        if method in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown",
                      "Audits.issueAdded", "Page.javascriptDialogOpening"):
            self.complaints.append((method, params))
        if method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])

    def open(self, url, width, height=800, dark=False):
        self.complaints, self.requests, self.events = [], [], []
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media="", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url=url)
        while "Page.loadEventFired" not in self.events:
            self.receive()

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def screenshot(self, path):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"],
                               "scale": 1})["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def print_to(self, path):
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
