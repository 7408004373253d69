"""Headless Chromium, and what it finds out about a page.

What is asked of a page is asked from outside, by the driver: a page's own policy forbids scripts.
"""

import base64
import json
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

QUESTIONS = (pathlib.Path(__file__).parent / "page_questions.js").read_text()

# Without these Chromium asks its makers' hosts for all kinds of things.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip

WIDE, NARROW, HEIGHT = 1200, 400, 1000


class Chromium:
    def __init__(self, profile):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for flag in [*FLAGS, f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, path):
        return Page(self.driver, path.as_uri())


class Page:
    def __init__(self, driver, address):
        self.driver, self.address = driver, address
        driver.get("about:blank")
        driver.get_log("performance")
        driver.get_log("browser")
        driver.get(address)
        self.look("light")

    def ask(self, question):
        return self.driver.execute_script(f"{QUESTIONS}\nreturn {question}();")

    def look(self, look):
        """light, dark, narrow or print"""
        scheme = "dark" if look == "dark" else "light"
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {
                "media": "print" if look == "print" else "screen",
                "features": [{"name": "prefers-color-scheme", "value": scheme}],
            },
        )
        width = NARROW if look == "narrow" else WIDE
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False},
        )

    def other_requests(self):
        messages = [json.loads(entry["message"])["message"]
                    for entry in self.driver.get_log("performance")]  # fmt: skip
        asked = [message["params"]["request"]["url"] for message in messages
                 if message["method"] == "Network.requestWillBeSent"]  # fmt: skip
        if self.address not in asked:
            return ["not even the page was asked for"]
        return [url for url in asked if url != self.address]

    def messages(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def signs_of_scripts(self):
        return self.ask("signsOfScripts")

    def structure_problems(self):
        return self.ask("structureProblems")

    def contrast_problems(self):
        return self.ask("contrastProblems")

    def overflow_problems(self):
        return self.ask("overflowProblems")

    def print_problems(self):
        made = self.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        pdf = base64.b64decode(made["data"])
        return [] if pdf.startswith(b"%PDF") and len(pdf) > 5000 else ["no PDF came of it"]
