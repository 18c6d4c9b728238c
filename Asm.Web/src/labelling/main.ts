import "./style.css";
import { element, save as saveFile } from "../shared/dom";
import { Labels, type PageData, type Point } from "./points";
import { texts } from "./texts";

const page = document.getElementById("page")!;
const data = readData();
if (data && data.points.length > 0) show(data);
else page.append(element("p", { role: "alert" }, texts.broken));

function readData(): PageData | null {
  try {
    return JSON.parse(document.getElementById("data")!.textContent ?? "") as PageData;
  } catch {
    return null;
  }
}

function storage(): Storage | null {
  // Reading the property throws where the browser forbids it.
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function show(data: PageData): void {
  const labels = new Labels(data, storage());
  document.title = texts.title;
  let position = Math.max(0, labels.nextOpen(data.points.length - 1));
  let side = 320;

  const progress = element("progress", { max: String(data.points.length), "aria-label": texts.title });
  const count = element("output", { id: "count" });
  const heading = element("h2", { id: "point" });
  const place = element("p", { class: "place" });
  const pictures = element("div", { class: "pictures" });
  const message = element("p", { id: "message", role: "status" });
  const choices = [
    ...data.classes.map((c, i) => choice(c.name, i < 9 ? String(i + 1) : "", c.name, c.color)),
    choice(texts.cannotTell, "0", data.cannotTell, "#888888"),
    choice(texts.clear, "Backspace", "", "transparent"),
  ];

  page.append(
    element("header", {}, element("h1", {}, texts.title), progress, count),
    heading,
    place,
    element("fieldset", {}, element("legend", {}, texts.question), ...choices),
    element("nav", {}, button(texts.previous, "ArrowLeft", () => go(position - 1)), button(texts.next, "ArrowRight", () => go(position + 1)), button(texts.nextOpen, "n", goOpen)),
    element("nav", {}, button(texts.save, "s", save), button(texts.larger, "+", () => zoom(1.25)), button(texts.smaller, "-", () => zoom(0.8)), button(texts.startAgain, "", startAgain)),
    message,
    pictures,
    element("p", { class: "help" }, labels.kept ? texts.help : texts.notKept),
  );
  document.addEventListener("keydown", onKey);
  draw();

  function choice(text: string, key: string, label: string, color: string): HTMLButtonElement {
    const made = button(text, key, () => decide(label));
    made.classList.add("choice");
    made.dataset.label = label;
    made.style.setProperty("--color", color);
    return made;
  }

  function decide(label: string): void {
    labels.set(current(), label);
    if (label !== "") {
      const next = labels.nextOpen(position);
      if (next >= 0) position = next;
    }
    draw();
  }

  function current(): Point {
    return data.points[position]!;
  }

  function go(to: number): void {
    position = Math.min(data.points.length - 1, Math.max(0, to));
    draw();
  }

  function goOpen(): void {
    const next = labels.nextOpen(position);
    if (next >= 0) go(next);
  }

  function zoom(factor: number): void {
    side = Math.min(1000, Math.max(120, side * factor));
    draw();
  }

  function startAgain(): void {
    if (!window.confirm(texts.startAgainSure)) return;
    labels.startAgain();
    go(0);
  }

  function save(): void {
    saveFile("labels.csv", labels.toCsv());
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key === "?" ? "0" : event.key === "Delete" ? "Backspace" : event.key === "=" ? "+" : event.key;
    const target = page.querySelector<HTMLButtonElement>(`button[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  }

  function draw(): void {
    const point = current(), done = labels.done;
    progress.value = done;
    count.textContent = texts.progress(done, data.points.length);
    heading.textContent = texts.point(point.id, position + 1, data.points.length);
    place.textContent = texts.place(point.x, point.y);
    pictures.replaceChildren(...point.chips.map((chip, i) => picture(chip, data.views[i] ?? "")));
    if (point.chips.length === 0) pictures.append(element("p", {}, texts.noPictures));
    const label = labels.of(point);
    for (const made of choices) made.setAttribute("aria-pressed", String(made.dataset.label === label));
    message.textContent = done === data.points.length ? texts.allDone : "";
  }

  function picture(chip: string, view: string): HTMLElement {
    const image = element("img", { src: chip, alt: view });
    image.style.width = image.style.height = `${side}px`;
    return element("figure", {}, image, element("figcaption", {}, view));
  }
}

function button(text: string, key: string, action: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, text);
  if (key !== "") {
    made.dataset.key = key;
    made.append(element("kbd", {}, { ArrowLeft: "\u2190", ArrowRight: "\u2192", Backspace: "\u232b" }[key] ?? key));
  }
  made.addEventListener("click", action);
  return made;
}
