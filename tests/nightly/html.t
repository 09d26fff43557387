#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# The page of `report --html` in a real Chromium, light and dark: nothing but
# the file is asked for, axe finds nothing, it prints.  Needs axe-core and
# playwright-core in VESPER_BENCH_DIR/node_modules (npm install there).
import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../lib"))
from day import *

if not os.environ.get("VESPER_NIGHTLY"):
    skip_all("long: only with VESPER_NIGHTLY (make nightly)")
need("node", "chromium")
MODULES = os.environ.get("VESPER_BENCH_DIR", "") + "/node_modules"
for module in ("axe-core/axe.min.js", "playwright-core"):
    if not os.path.exists(MODULES + "/" + module):
        skip_all("no %s in VESPER_BENCH_DIR/node_modules" % module)

SCRIPT = """
const {chromium} = require(process.env.MODULES + '/playwright-core');
const axe = require('fs').readFileSync(process.env.MODULES + '/axe-core/axe.min.js', 'utf8');
(async () => {
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ['--no-sandbox']});
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({colorScheme, viewport: {width: 1100, height: 900}});
    const asked = [], said = [];
    page.on('request', r => asked.push(r.url()));
    page.on('console', m => said.push(m.text()));
    await page.goto('file://' + process.argv[2]);
    await page.screenshot({path: process.argv[2] + '.' + colorScheme + '.png', fullPage: true});
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const pdf = await page.pdf({format: 'A4'});
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await axe.run(document)).violations.map(v => [v.id, v.nodes[0].html]));
    console.log(JSON.stringify({colorScheme, asked, said, found, paper,
      pages: (pdf.toString('latin1').match(/\\/Type *\\/Page[^s]/g) || []).length}));
  }
  await browser.close();
})();
"""

day = Day("html", CONFIG + "[notify]\ndesktop = no\n")
with open(day.home + "/look.js", "w") as f:
    f.write(SCRIPT)
day.start("09:00")
for date in range(3):
    for minute in list(range(540, 720, 5)) + list(range(780, 1100, 5)):
        day.to(str(MIDNIGHT + date * 86400 + minute * 60))
        day.link.ask(event="activity", source="vim", human=True, project="/src/p%d" % (minute % 3), file="x", line=1)
    day.run("vesper", "extend", "15m", "-m", "<the> & \"deploy\"")
for language in ("", "de"):
    for which in ("2026-11-18", "week", "year"):
        path = "%s/%s%s.html" % (day.home, which, language)
        equal(day.run("vesper", "report", which, "--html", path, env=dict(day.env, LANGUAGE=language))[2], 0, "a page of " + which)
        out, err, status = day.run("node", day.home + "/look.js", path,
                                   env=dict(day.env, MODULES=MODULES, CHROMIUM=shutil.which("chromium")))
        looks = [json.loads(line) for line in out.splitlines()]
        equal([l["colorScheme"] for l in looks], ["light", "dark"], "is shown in light and in dark") or print("#", err)
        for l in looks:
            what = "%s %s, %s: " % (which, language, l["colorScheme"])
            equal(l["asked"], ["file://" + path], what + "no request leaves the page")
            equal([l["found"], l["said"]], [[], []], what + "axe finds nothing")
            ok(1 <= l["pages"] <= 3, what + "prints on %d pages" % l["pages"])
        ok(len({l["paper"] for l in looks}) == 2, which + ": dark is another paper than light")
day.kill(signal.SIGTERM)
done()
