// A field that is shown only if another one has a value. What is hidden is neither checked nor sent.
for (const form of document.querySelectorAll("form")) {
  const fields = [...form.querySelectorAll("[data-field]")];
  const controls = (field) => [...field.querySelectorAll("input, select, textarea")];
  const values = (field) =>
    controls(field)
      .filter((c) => !c.disabled)
      .map((c) => (c.type !== "checkbox" ? c.value.trim() : c.value !== "true" ? (c.checked ? c.value : "") : String(c.checked)));
  const update = () => {
    for (const field of fields.filter((f) => f.dataset.shownBy)) {
      const other = fields.find((f) => f.dataset.field === field.dataset.shownBy);
      const wanted = JSON.parse(field.dataset.shownValues);
      const has = other ? values(other).filter((v) => v !== "") : [];
      const shown = wanted.length ? has.some((v) => wanted.includes(v)) : has.length > 0;
      field.hidden = !shown;
      for (const control of controls(field)) control.disabled = !shown;
    }
  };
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  update();
}
