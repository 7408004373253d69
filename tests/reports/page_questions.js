/* What is asked of a page; each function returns a list of what is wrong. */

function signsOfScripts() {
    const problems = [];
    if (document.title === "ran") problems.push("a script ran");
    for (const element of document.querySelectorAll("script, iframe, img, object, embed, link"))
        problems.push("there is a <" + element.localName + ">");
    for (const element of document.querySelectorAll("*"))
        for (const attribute of element.attributes)
            if (attribute.name.startsWith("on") || attribute.name === "src")
                problems.push("<" + element.localName + " " + attribute.name + ">");
    return problems;
}

function headingProblems() {
    const problems = [];
    let last = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        const level = Number(heading.localName[1]);
        if (level > last + 1) problems.push("<h" + level + "> follows <h" + last + ">");
        if (!heading.textContent.trim()) problems.push("an empty heading");
        last = level;
    }
    if (document.querySelectorAll("h1").length !== 1) problems.push("not one <h1>");
    return problems;
}

function tableProblems() {
    const problems = [];
    for (const table of document.querySelectorAll("table")) {
        if (!table.caption || !table.caption.textContent.trim()) problems.push("no caption");
        if (!table.tHead) problems.push("no <thead>");
        for (const head of table.querySelectorAll("th"))
            if (!["col", "row"].includes(head.scope)) problems.push("a <th> without scope");
        for (const row of table.tBodies[0].rows) {
            if (row.cells.length !== table.tHead.rows[0].cells.length)
                problems.push("a row of " + row.cells.length + " cells");
            if (row.cells[0].localName !== "th") problems.push("a row without a head");
        }
    }
    return problems;
}

function referenceProblems() {
    const problems = [], seen = new Set();
    for (const element of document.querySelectorAll("[id]")) {
        if (seen.has(element.id)) problems.push("twice: #" + element.id);
        seen.add(element.id);
    }
    for (const name of ["aria-labelledby", "aria-describedby"])
        for (const element of document.querySelectorAll("[" + name + "]"))
            if (!seen.has(element.getAttribute(name))) problems.push("none: " + name);
    for (const link of document.querySelectorAll("a"))
        if (!seen.has(link.getAttribute("href").slice(1))) problems.push("none: " + link.href);
    return problems;
}

function drawingProblems() {
    const problems = [];
    for (const drawing of document.querySelectorAll("svg:not([aria-hidden])")) {
        if (drawing.getAttribute("role") !== "img") problems.push("a drawing without its role");
        const words = drawing.querySelector("desc");
        if (!words || !words.textContent.trim()) problems.push("a drawing without words");
        if (!drawing.hasAttribute("aria-labelledby")) problems.push("a drawing without a name");
    }
    return problems;
}

function structureProblems() {
    const problems = [];
    if (document.documentElement.lang !== "en") problems.push("no language");
    if (!document.title.trim()) problems.push("no title");
    if (document.compatMode !== "CSS1Compat") problems.push("quirks mode");
    if (document.querySelectorAll("main").length !== 1) problems.push("not one <main>");
    return problems.concat(headingProblems(), tableProblems(), referenceProblems(),
                           drawingProblems());
}

/* [red, green, blue, alpha] of what getComputedStyle gives. */
function channels(color) {
    const numbers = color.match(/[\d.]+/g).map(Number);
    return numbers.length === 4 ? numbers : [...numbers, 1];
}

/* Relative luminance, WCAG 2.2. */
function luminance(color) {
    const [r, g, b] = color.slice(0, 3).map(channel => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

function backgroundOf(element) {
    for (let at = element; at; at = at.parentElement) {
        const color = channels(getComputedStyle(at).backgroundColor);
        if (color[3] === 1) return color;
    }
    return [255, 255, 255, 1];
}

function textElements() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const elements = new Set();
    while (walker.nextNode())
        if (walker.currentNode.data.trim() && walker.currentNode.parentElement.localName !== "desc")
            elements.add(walker.currentNode.parentElement);
    return elements;
}

function contrastProblems() {
    const problems = [], texts = textElements();
    for (const element of texts) {
        const style = getComputedStyle(element);
        const ink = channels(element.localName === "text" ? style.fill : style.color);
        const ratio = contrast(ink, backgroundOf(element));
        if (ratio < 4.5)
            problems.push("<" + element.localName + "> " + ratio.toFixed(2) + ": "
                          + element.textContent.slice(0, 40));
    }
    for (const mark of document.querySelectorAll("svg rect")) {
        const ratio = contrast(channels(getComputedStyle(mark).fill), backgroundOf(mark));
        if (ratio < 3) problems.push("a bar: " + ratio.toFixed(2));
    }
    if (texts.size < 20) problems.push("only " + texts.size + " texts");
    return problems;
}

/* Wide tables scroll in their own box, not the page. */
function overflowProblems() {
    const page = document.documentElement;
    return page.scrollWidth > page.clientWidth
        ? ["the page is " + page.scrollWidth + " wide in " + page.clientWidth] : [];
}
