<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Phi Planner</source>
        <translation>Über Phi Planner</translation>
    </message>
    <message>
        <source>Will this Microsoft Phi model run on this computer?</source>
        <translation>Läuft dieses Microsoft-Phi-Modell auf diesem Rechner?</translation>
    </message>
    <message>
        <source>MIT licence. The typeface is a subset of Inter under the SIL Open Font License. Qt is used under the LGPL 3.</source>
        <translation>MIT-Lizenz. Die Schrift ist ein Auszug aus Inter unter der SIL Open Font License. Qt wird unter der LGPL 3 verwendet.</translation>
    </message>
    <message>
        <source>&amp;Copy versions</source>
        <translation>Versionen &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <source>The worst of each kind. Above zero more is planned for than is needed.</source>
        <translation>Die schlechtesten jeder Art. Über null wird mehr eingeplant als nötig.</translation>
    </message>
</context>
<context>
    <name>AdvicePage</name>
    <message>
        <source>To make room</source>
        <translation>Platz schaffen</translation>
    </message>
    <message>
        <source>Other hardware</source>
        <translation>Andere Hardware</translation>
    </message>
</context>
<context>
    <name>AdviceRow</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Apply: {change}</source>
        <translation>Anwenden: {change}</translation>
    </message>
</context>
<context>
    <name>ArchitecturePage</name>
    <message>
        <source>Blocks and tensors</source>
        <translation>Blöcke und Tensoren</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Als Bild…</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Show the whole diagram (0)</source>
        <translation>Das ganze Diagramm zeigen (0)</translation>
    </message>
    <message>
        <source>All blocks; a click or Enter keeps one here</source>
        <translation>Alle Blöcke; ein Klick oder Enter hält einen hier fest</translation>
    </message>
</context>
<context>
    <name>BackgroundTask</name>
    <message>
        <source>Something went wrong. The log has the details.</source>
        <translation>Etwas ist schiefgegangen. Einzelheiten stehen im Protokoll.</translation>
    </message>
</context>
<context>
    <name>BlockTableModel</name>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>{name}, layers {layers}</source>
        <translation>{name}, Schichten {layers}</translation>
    </message>
</context>
<context>
    <name>ChartSection</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Als Bild…</translation>
    </message>
    <message>
        <source>Table: {chart}</source>
        <translation>Tabelle: {chart}</translation>
    </message>
    <message>
        <source>Save picture: {chart}</source>
        <translation>Als Bild: {chart}</translation>
    </message>
</context>
<context>
    <name>CodeBox</name>
    <message>
        <source>Copy: {what}</source>
        <translation>Kopieren: {what}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Only what differs</source>
        <translation>Nur Unterschiede</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Nothing is set side by side yet: choose a cell and add it.</source>
        <translation>Noch steht nichts nebeneinander: eine Zelle wählen und hinzufügen.</translation>
    </message>
    <message>
        <source>One plan so far: choose another cell and add it too.</source>
        <translation>Bisher ein Plan: eine weitere Zelle wählen und hinzufügen.</translation>
    </message>
</context>
<context>
    <name>ComparisonWindow</name>
    <message>
        <source>Compare saved answers</source>
        <translation>Gespeicherte Antworten vergleichen</translation>
    </message>
    <message>
        <source>The answer shown now</source>
        <translation>Die jetzt gezeigte Antwort</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>Exportiert nach {path}</translation>
    </message>
</context>
<context>
    <name>ContextSlider</name>
    <message>
        <source>&amp;Context length</source>
        <translation>K&amp;ontextlänge</translation>
    </message>
    <message>
        <source>Context length, on a logarithmic scale</source>
        <translation>Kontextlänge, auf logarithmischer Skala</translation>
    </message>
    <message>
        <source>Context length in tokens</source>
        <translation>Kontextlänge in Tokens</translation>
    </message>
    <message>
        <source>Tokens, such as 8192 or 8k. Leave it empty for the default.</source>
        <translation>Tokens, etwa 8192 oder 8k. Leer gilt die Vorgabe.</translation>
    </message>
    <message>
        <source>“{typed}” is no context length: give {shortest} to {longest} tokens, such as 8192 or 8k. It stays at {kept}.</source>
        <translation>„{typed}“ ist keine Kontextlänge: {shortest} bis {longest} Tokens angeben, etwa 8192 oder 8k. Es bleibt bei {kept}.</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Wheel: zoom. Drag: pan. Double click: all. Left and Right: values.</source>
        <translation>Rad: Zoom. Ziehen: verschieben. Doppelklick: alles. Links und rechts: Werte.</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>{model} · {quant_format}</source>
        <translation>{model} · {quant_format}</translation>
    </message>
    <message>
        <source>Pages about the chosen cell</source>
        <translation>Seiten über die gewählte Zelle</translation>
    </message>
</context>
<context>
    <name>DeviceTableModel</name>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bandbreite</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} GB unified</source>
        <translation>{size} GB gemeinsam</translation>
    </message>
    <message>
        <source>{speed} GB/s</source>
        <translation>{speed} GB/s</translation>
    </message>
</context>
<context>
    <name>DiagramView</name>
    <message>
        <source>Architecture diagram</source>
        <translation>Architekturdiagramm</translation>
    </message>
    <message>
        <source>Block {number} of {count}</source>
        <translation>Block {number} von {count}</translation>
    </message>
    <message>
        <source>{words}, pinned</source>
        <translation>{words}, festgehalten</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>The picture is in {path}</source>
        <translation>Das Bild liegt in {path}</translation>
    </message>
</context>
<context>
    <name>FaultReporter</name>
    <message>
        <source>Phi Planner</source>
        <translation>Phi Planner</translation>
    </message>
    <message>
        <source>Something in this program went wrong.</source>
        <translation>In diesem Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>What you see may be out of date; starting the program again mends that. The terminal it was started from has the details.</source>
        <translation>Was hier steht, ist vielleicht nicht mehr aktuell; ein Neustart des Programms behebt das. Einzelheiten stehen im Terminal, aus dem es gestartet wurde.</translation>
    </message>
    <message>
        <source>What you see may be out of date; starting the program again mends that. The details are in {path}.</source>
        <translation>Was hier steht, ist vielleicht nicht mehr aktuell; ein Neustart des Programms behebt das. Einzelheiten stehen in {path}.</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>&amp;All {count} formats</source>
        <translation>&amp;Alle {count} Formate</translation>
    </message>
    <message>
        <source>Filter models</source>
        <translation>Modelle filtern</translation>
    </message>
    <message>
        <source>Show only models with these words in their names (Ctrl+F).
Also: fits, tight, partial · moe, vision, speech · &lt;8B, &gt;=3B</source>
        <translation>Nur Modelle mit diesen Wörtern im Namen zeigen (Strg+F).
Auch: passt, knapp, teilweise · moe, bild, sprache · &lt;8B, &gt;=3B</translation>
    </message>
    <message>
        <source>Figures in the cells</source>
        <translation>Zahlen in den Zellen</translation>
    </message>
    <message>
        <source>Show every quant format of llama.cpp, or only those that most people load</source>
        <translation>Alle Quantformate von llama.cpp zeigen oder nur die gebräuchlichsten</translation>
    </message>
    <message>
        <source>Memory needed, models by quant format</source>
        <translation>Speicherbedarf, Modelle nach Quantformat</translation>
    </message>
    <message>
        <source>Arrow keys choose a cell, with Ctrl the last one. S sorts by its column. Ctrl+C copies the row, Ctrl+Shift+C the grid.</source>
        <translation>Pfeiltasten wählen eine Zelle, mit Strg die letzte. S sortiert nach der Spalte. Strg+C kopiert die Zeile, Strg+Umschalt+C die Tabelle.</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>fits, but tight</source>
        <translation>passt, aber knapp</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>teils im RAM</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>cannot run, or not known</source>
        <translation>läuft nicht oder nicht bekannt</translation>
    </message>
    <message>
        <source>No model matches “{words}”.</source>
        <translation>Kein Modell passt zu „{words}“.</translation>
    </message>
    <message>
        <source>&amp;Copy row</source>
        <translation>Zeile &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy row as CS&amp;V</source>
        <translation>Zeile als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;grid</source>
        <translation>&amp;Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy grid as C&amp;SV</source>
        <translation>Tabelle als C&amp;SV kopieren</translation>
    </message>
</context>
<context>
    <name>HardwareStrip</name>
    <message>
        <source>Remo&amp;ve</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Let this computer stand alone again</source>
        <translation>Wieder nur diesen Rechner zeigen</translation>
    </message>
    <message>
        <source>Looking for GPUs…</source>
        <translation>GPUs werden gesucht…</translation>
    </message>
</context>
<context>
    <name>LedgerModel</name>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>How it is computed</source>
        <translation>Berechnung</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Computed: {formula}</source>
        <translation>Berechnung: {formula}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>Quelle: {source}</translation>
    </message>
    <message>
        <source>{low} B at least, {expected} B expected, {high} B at most</source>
        <translation>mindestens {low} B, erwartet {expected} B, höchstens {high} B</translation>
    </message>
    <message>
        <source>{what}: {size}</source>
        <translation>{what}: {size}</translation>
    </message>
    <message>
        <source>{what}: {size}, {range}</source>
        <translation>{what}: {size}, {range}</translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message>
        <source>Memory ledger</source>
        <translation>Speicheraufstellung</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy ledger</source>
        <translation>Aufstellung kopieren</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Open &amp;again</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie der &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>&amp;Dunkel</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>The capacity is not known: {parts}</source>
        <translation>Die Kapazität ist nicht bekannt: {parts}</translation>
    </message>
    <message>
        <source>Of {capacity}: {parts}</source>
        <translation>Von {capacity}: {parts}</translation>
    </message>
</context>
<context>
    <name>MemoryCharts</name>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Zoom, pan and read values</source>
        <translation>Zoomen, verschieben und Werte ablesen</translation>
    </message>
    <message>
        <source>{plan}: {chart}</source>
        <translation>{plan}: {chart}</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>Memory of {pool}, {total}</source>
        <translation>Speicher von {pool}, {total}</translation>
    </message>
    <message>
        <source>GGUF file {size}</source>
        <translation>GGUF-Datei {size}</translation>
    </message>
    <message>
        <source>files {size}</source>
        <translation>Dateien {size}</translation>
    </message>
    <message>
        <source>{bits} bits per weight</source>
        <translation>{bits} Bit pro Gewicht</translation>
    </message>
    <message>
        <source>{count} of {layers} layers on the GPU</source>
        <translation>{count} von {layers} Schichten auf der GPU</translation>
    </message>
    <message>
        <source>Runtimes that can run this model: {runtimes}.</source>
        <translation>Laufzeiten, die dieses Modell ausführen können: {runtimes}.</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>&amp;Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>MoreOptions</name>
    <message>
        <source>More options</source>
        <translation>Weitere Optionen</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Give every option here its default again</source>
        <translation>Alle Optionen hier auf ihre Vorgaben setzen</translation>
    </message>
    <message>
        <source>{explained} Default: {default}.</source>
        <translation>{explained} Vorgabe: {default}.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>NameHead</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Sort by model name</source>
        <translation>Nach Modellnamen sortieren</translation>
    </message>
    <message>
        <source>Sort by name; once more turns the order round</source>
        <translation>Nach Namen sortieren; noch einmal dreht die Reihenfolge um</translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source>Memory to leave free on {pool}</source>
        <translation>Auf {pool} frei zu lassender Speicher</translation>
    </message>
    <message>
        <source>The program that runs the model</source>
        <translation>Das Programm, das das Modell ausführt</translation>
    </message>
    <message>
        <source>How keys and values of past tokens are stored</source>
        <translation>Wie Schlüssel und Werte vergangener Tokens gespeichert werden</translation>
    </message>
    <message>
        <source>Parallel sequences</source>
        <translation>Parallele Sequenzen</translation>
    </message>
    <message>
        <source>Requests that hold a part of the cache at once</source>
        <translation>Anfragen, die zugleich einen Teil des Caches belegen</translation>
    </message>
    <message>
        <source>The other options of this runtime</source>
        <translation>Die übrigen Optionen dieser Laufzeit</translation>
    </message>
    <message>
        <source>R&amp;untime</source>
        <translation>&amp;Laufzeit</translation>
    </message>
    <message>
        <source>&amp;KV cache</source>
        <translation>&amp;KV-Cache</translation>
    </message>
    <message>
        <source>&amp;Parallel</source>
        <translation>&amp;Parallel</translation>
    </message>
    <message>
        <source>&amp;Reserve</source>
        <translation>&amp;Reserve</translation>
    </message>
    <message>
        <source>M&amp;ore…</source>
        <translation>&amp;Weitere…</translation>
    </message>
    <message>
        <source>M&amp;ore ({count})…</source>
        <translation>&amp;Weitere ({count})…</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page {number} of {count}. {words}</source>
        <translation>Seite {number} von {count}. {words}</translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Go to anything</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>An action, a model, a format, a device: a few letters of it</source>
        <translation>Aktion, Modell, Format oder Gerät: ein paar Buchstaben genügen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Gefunden</translation>
    </message>
</context>
<context>
    <name>PasteBox</name>
    <message>
        <source>Ctrl+Enter does it too, Esc closes</source>
        <translation>Strg+Enter geht auch, Esc schließt</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>llama.cpp, Ollama and vLLM print what they allocate while they load a model. Open or paste such a log to see each line beside the prediction.</source>
        <translation>llama.cpp, Ollama und vLLM schreiben beim Laden eines Modells auf, was sie belegen. Ein solches Log öffnen oder einfügen, um jede Zeile neben der Vorhersage zu sehen.</translation>
    </message>
    <message>
        <source>Open a log…</source>
        <translation>Log öffnen…</translation>
    </message>
    <message>
        <source>Paste a log…</source>
        <translation>Log einfügen…</translation>
    </message>
    <message>
        <source>The lines that the runtime printed while it loaded the model</source>
        <translation>Die Zeilen, die die Laufzeit beim Laden des Modells geschrieben hat</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>The log does not tell both its model and its format: the chosen cell&apos;s are taken.</source>
        <translation>Das Log nennt nicht sowohl Modell als auch Format: die der gewählten Zelle gelten.</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <source>Add machine card…</source>
        <translation>Rechnerkarte hinzufügen…</translation>
    </message>
    <message>
        <source>With what identifies this computer</source>
        <translation>Mit dem, woran man diesen Rechner erkennt</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Other machines</source>
        <translation>Andere Rechner</translation>
    </message>
    <message>
        <source>Set the machine of a card beside, a file that another computer saved</source>
        <translation>Den Rechner einer Karte danebenstellen, einer Datei, die ein anderer Rechner gespeichert hat</translation>
    </message>
    <message>
        <source>UUIDs and PCI addresses of the cards, and the programs that hold their memory. Otherwise none of that is in the file.</source>
        <translation>UUIDs und PCI-Adressen der Karten und die Programme, die ihren Speicher belegen. Sonst steht nichts davon in der Datei.</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>P&amp;icture</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Show the same plans on {machine} too</source>
        <translation>Dieselben Pläne auch auf {machine} zeigen</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>&amp;Make it</source>
        <translation>Er&amp;stellen</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>The first {count} of {all} characters are shown.</source>
        <translation>Gezeigt werden die ersten {count} von {all} Zeichen.</translation>
    </message>
    <message>
        <source>There is no report to show.</source>
        <translation>Es gibt keinen Bericht zu zeigen.</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>Exportiert nach {path}</translation>
    </message>
    <message>
        <source>Fit report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>As wide as there is room (0)</source>
        <translation>So breit wie der Platz (0)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Kleiner (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Größer (+)</translation>
    </message>
    <message>
        <source>Making the report</source>
        <translation>Bericht wird erstellt</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message>
        <source>The report was not made: it was cancelled.</source>
        <translation>Der Bericht wurde nicht erstellt: er wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>ReportWindow</name>
    <message>
        <source>{name} was not written: a name that ends in {suffix} says what is in the file.</source>
        <translation>{name} wurde nicht geschrieben: ein Name auf {suffix} sagt, was in der Datei ist.</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Start with</source>
        <translation>Starten mit</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Paste a command…</source>
        <translation>Befehl einfügen…</translation>
    </message>
    <message>
        <source>A command of llama-server, llama-cli or vllm serve</source>
        <translation>Ein Befehl von llama-server, llama-cli oder vllm serve</translation>
    </message>
    <message>
        <source>Make it the plan</source>
        <translation>Als Plan übernehmen</translation>
    </message>
    <message>
        <source>It does not fit here, so there is nothing to start.</source>
        <translation>Es passt hier nicht, also gibt es nichts zu starten.</translation>
    </message>
    <message>
        <source>File {name}, beside the command</source>
        <translation>Datei {name}, neben dem Befehl</translation>
    </message>
</context>
<context>
    <name>SavedComparisonPage</name>
    <message>
        <source>S&amp;wap</source>
        <translation>&amp;Tauschen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>{name}, {kind}</source>
        <translation>{name}, {kind}</translation>
    </message>
    <message>
        <source>Choose two answers: reports in JSON, or what the command line printed with --json. One of them may be the answer that is shown now. Files can be dropped here too.</source>
        <translation>Zwei Antworten wählen: Berichte in JSON oder was die Befehlszeile mit --json ausgab. Eine davon darf die jetzt gezeigte sein. Dateien lassen sich auch hierher ziehen.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>nothing chosen yet</source>
        <translation>noch nichts gewählt</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>The answer shown now</source>
        <translation>Die jetzt gezeigte Antwort</translation>
    </message>
    <message>
        <source>{side}: open a file</source>
        <translation>{side}: Datei öffnen</translation>
    </message>
    <message>
        <source>{side}: as shown now</source>
        <translation>{side}: wie jetzt gezeigt</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>GiB, as tools count: 1,024 MiB</source>
        <translation>GiB, wie Programme zählen: 1.024 MiB</translation>
    </message>
    <message>
        <source>GB, as makers count: 1,000 MB</source>
        <translation>GB, wie Hersteller zählen: 1.000 MB</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Sizes in</source>
        <translation>&amp;Größen in</translation>
    </message>
    <message>
        <source>Keep free on a &amp;GPU</source>
        <translation>Auf einer G&amp;PU freihalten</translation>
    </message>
    <message>
        <source>Keep free in &amp;RAM</source>
        <translation>Im &amp;RAM freihalten</translation>
    </message>
    <message>
        <source>Read what is &amp;free every</source>
        <translation>&amp;Freien Speicher lesen alle</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Übernehmen</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Go from cell to cell</source>
        <translation>Von Zelle zu Zelle gehen</translation>
    </message>
    <message>
        <source>Sort by the column of the cell</source>
        <translation>Nach der Spalte der Zelle sortieren</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, rechts</translation>
    </message>
    <message>
        <source>Choose the memory to fit into</source>
        <translation>Den Zielspeicher wählen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Remove the hardware that is not this computer&apos;s</source>
        <translation>Die Hardware entfernen, die nicht zu diesem Rechner gehört</translation>
    </message>
</context>
<context>
    <name>SideJobs</name>
    <message>
        <source>Save machine card</source>
        <translation>Rechnerkarte speichern</translation>
    </message>
    <message>
        <source>machine-card.json</source>
        <translation>rechnerkarte.json</translation>
    </message>
    <message>
        <source>Save diagnostic bundle</source>
        <translation>Diagnosepaket speichern</translation>
    </message>
    <message>
        <source>diagnostics.json</source>
        <translation>diagnose.json</translation>
    </message>
    <message>
        <source>Asking drivers and system for the bundle…</source>
        <translation>Treiber und System werden befragt…</translation>
    </message>
    <message>
        <source>Measuring the memory&apos;s bandwidth…</source>
        <translation>Speicherbandbreite wird gemessen…</translation>
    </message>
    <message>
        <source>The machine card is in {path}, without what identifies this computer.</source>
        <translation>Die Rechnerkarte liegt in {path}, ohne Angaben, die diesen Rechner erkennen lassen.</translation>
    </message>
    <message>
        <source>The diagnostic bundle is in {path}, without what identifies this computer.</source>
        <translation>Das Diagnosepaket liegt in {path}, ohne Angaben, die diesen Rechner erkennen lassen.</translation>
    </message>
    <message>
        <source>This computer&apos;s memory moved {speed} GB/s, read and written. Speeds are worked out with that from now on.</source>
        <translation>Der Speicher dieses Rechners schaffte {speed} GB/s, gelesen und geschrieben. Damit wird von nun an gerechnet.</translation>
    </message>
</context>
<context>
    <name>SpecificationPage</name>
    <message>
        <source>Find a field</source>
        <translation>Feld suchen</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>Spezifikation</translation>
    </message>
    <message>
        <source>No field has “{words}”.</source>
        <translation>Kein Feld enthält „{words}“.</translation>
    </message>
</context>
<context>
    <name>SpeedPage</name>
    <message>
        <source>Measure the memory&apos;s bandwidth</source>
        <translation>Speicherbandbreite messen</translation>
    </message>
    <message>
        <source>Find out how fast RAM is; it takes a few seconds</source>
        <translation>Messen, wie schnell der RAM ist; das dauert einige Sekunden</translation>
    </message>
    <message>
        <source>Where the ranges come from</source>
        <translation>Woher die Spannen kommen</translation>
    </message>
    <message>
        <source>It does not fit here, so there is no speed to speak of.</source>
        <translation>Es passt hier nicht, also gibt es keine Geschwindigkeit.</translation>
    </message>
    <message>
        <source>With {tokens} in the cache of one sequence: {modelled}.</source>
        <translation>Mit {tokens} im Cache einer Sequenz: {modelled}.</translation>
    </message>
    <message>
        <source>Writing the answer</source>
        <translation>Antwort schreiben</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>Prompt lesen</translation>
    </message>
</context>
<context>
    <name>ToolWindows</name>
    <message>
        <source>Receipt of a log</source>
        <translation>Abgleich mit einem Log</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
</context>
<context>
    <name>WhatIfCard</name>
    <message>
        <source>What if…</source>
        <translation>Was wäre, wenn…</translation>
    </message>
    <message>
        <source>Put other hardware beside this computer (Ctrl+I)</source>
        <translation>Andere Hardware neben diesen Rechner stellen (Strg+I)</translation>
    </message>
    <message>
        <source>2× RTX 4090, M3 Max…</source>
        <translation>2× RTX 4090, M3 Max …</translation>
    </message>
    <message>
        <source>another one instead</source>
        <translation>stattdessen ein anderer</translation>
    </message>
</context>
<context>
    <name>WhatIfDialog</name>
    <message>
        <source>What if…</source>
        <translation>Was wäre, wenn…</translation>
    </message>
    <message>
        <source>&amp;Show beside this computer</source>
        <translation>Neben diesem Rechner &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Open machine card…</source>
        <translation>&amp;Rechnerkarte öffnen…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Search {count} devices, such as 2x 4090</source>
        <translation>{count} Geräte durchsuchen, etwa 2x 4090</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>Geräte suchen</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source> ×</source>
        <translation> ×</translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation>keine GPU</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>The RAM beside the GPUs, by default as in this computer</source>
        <translation>Der RAM neben den GPUs, vorgegeben wie in diesem Rechner</translation>
    </message>
    <message>
        <source>&amp;Memory of a GPU</source>
        <translation>&amp;Speicher einer GPU</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Namen</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>Nach Größe</translation>
    </message>
    <message>
        <source>&amp;How many</source>
        <translation>&amp;Anzahl</translation>
    </message>
    <message>
        <source>R&amp;AM</source>
        <translation>RA&amp;M</translation>
    </message>
    <message>
        <source>All of its memory counts as free: nobody has measured it.</source>
        <translation>Ihr ganzer Speicher gilt als frei: niemand hat ihn gemessen.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
</context>
<context>
    <name>WindowParts</name>
    <message>
        <source>&amp;Fit report…</source>
        <translation>&amp;Bericht…</translation>
    </message>
    <message>
        <source>&amp;Menu</source>
        <translation>&amp;Menü</translation>
    </message>
    <message>
        <source>See the fit report and write it to a file (Ctrl+E)</source>
        <translation>Den Bericht ansehen und in eine Datei schreiben (Strg+E)</translation>
    </message>
</context>
<context>
    <name>WindowView</name>
    <message>
        <source>Phi Planner</source>
        <translation>Phi Planner</translation>
    </message>
    <message>
        <source>Opened {path}</source>
        <translation>Geöffnet: {path}</translation>
    </message>
</context>
<context>
    <name>accuracy</name>
    <message>
        <source>{count} figures that were measured elsewhere, each beside what is computed here for the same plan: {exact} are met within 0.005 %, {close} within 1 %.</source>
        <translation>{count} anderswo gemessene Zahlen, jede neben dem, was hier für denselben Plan berechnet wird: {exact} auf 0,005 % getroffen, {close} auf 1 %.</translation>
    </message>
    <message>
        <source>Errors without their sign. The naive rule is the one most calculators use: parameters × the bits in the format&apos;s name, and 20 % on top for a whole process. † marks rows where a constant was found on these same cases.</source>
        <translation>Fehler ohne Vorzeichen. Die naive Regel ist die der meisten Rechner: Parameter × Bits im Namen des Formats, für einen ganzen Prozess 20 % dazu. † steht an Zeilen, in denen eine Konstante an denselben Fällen bestimmt wurde.</translation>
    </message>
    <message>
        <source>Errors by runtime and part</source>
        <translation>Fehler nach Laufzeit und Teil</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>Schlechtester</translation>
    </message>
    <message>
        <source>Naive, median</source>
        <translation>Naiv, Median</translation>
    </message>
    <message>
        <source>Naive, worst</source>
        <translation>Naiv, schlechtester</translation>
    </message>
    <message>
        <source>{missed} of {count}</source>
        <translation>{missed} von {count}</translation>
    </message>
    <message>
        <source>Misses of more than 1 %</source>
        <translation>Abweichungen über 1 %</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>Abweichungen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>{runtime}: {part}</source>
        <translation>{runtime}: {part}</translation>
    </message>
    <message>
        <source>{figure} %</source>
        <translation>{figure} %</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>Datei ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a GGUF file, a config.json, a machine card or a log</source>
        <translation>Eine GGUF-Datei, config.json, Rechnerkarte oder ein Log öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open a folder that holds a model&apos;s safetensors files</source>
        <translation>Einen Ordner mit den safetensors-Dateien eines Modells öffnen</translation>
    </message>
    <message>
        <source>&amp;Close own files</source>
        <translation>&amp;Eigene Dateien schließen</translation>
    </message>
    <message>
        <source>Take the files that were opened out of the grid</source>
        <translation>Die geöffneten Dateien aus der Tabelle nehmen</translation>
    </message>
    <message>
        <source>Fit &amp;report…</source>
        <translation>&amp;Bericht…</translation>
    </message>
    <message>
        <source>See the fit report and write it to a file</source>
        <translation>Den Bericht ansehen und in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Save &amp;machine card…</source>
        <translation>&amp;Rechnerkarte speichern…</translation>
    </message>
    <message>
        <source>Write what this computer has to a file, to plan elsewhere</source>
        <translation>Was dieser Rechner hat, in eine Datei schreiben, um anderswo zu planen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Take the last change of the plan back</source>
        <translation>Die letzte Änderung des Plans zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>Die zurückgenommene Änderung wieder vornehmen</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Colours, language, reserves, live figures</source>
        <translation>Farben, Sprache, Reserven, aktuelle Zahlen</translation>
    </message>
    <message>
        <source>&amp;Go to anything…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <source>Find an action, a model, a format or a device by its name</source>
        <translation>Eine Aktion, ein Modell, ein Format oder ein Gerät nach Namen finden</translation>
    </message>
    <message>
        <source>&amp;Filter models</source>
        <translation>Modelle &amp;filtern</translation>
    </message>
    <message>
        <source>Show only models with some words in their names</source>
        <translation>Nur Modelle mit bestimmten Wörtern im Namen zeigen</translation>
    </message>
    <message>
        <source>&amp;All formats, or the common ones</source>
        <translation>&amp;Alle Formate oder die gebräuchlichen</translation>
    </message>
    <message>
        <source>Show every quant format, or those that most people load</source>
        <translation>Alle Quantformate zeigen oder nur die gebräuchlichsten</translation>
    </message>
    <message>
        <source>&amp;Next page of the detail</source>
        <translation>&amp;Nächste Seite der Einzelheiten</translation>
    </message>
    <message>
        <source>Show the next page about the chosen cell</source>
        <translation>Die nächste Seite über die gewählte Zelle zeigen</translation>
    </message>
    <message>
        <source>&amp;Earlier page of the detail</source>
        <translation>&amp;Vorige Seite der Einzelheiten</translation>
    </message>
    <message>
        <source>Show the page before it</source>
        <translation>Die Seite davor zeigen</translation>
    </message>
    <message>
        <source>&amp;Read the hardware again</source>
        <translation>&amp;Hardware neu lesen</translation>
    </message>
    <message>
        <source>Look for GPUs and memory anew</source>
        <translation>GPUs und Speicher neu suchen</translation>
    </message>
    <message>
        <source>&amp;What if…</source>
        <translation>&amp;Was wäre, wenn…</translation>
    </message>
    <message>
        <source>Put other hardware beside this computer</source>
        <translation>Andere Hardware neben diesen Rechner stellen</translation>
    </message>
    <message>
        <source>Remove the &amp;other hardware</source>
        <translation>&amp;Andere Hardware entfernen</translation>
    </message>
    <message>
        <source>Let this computer stand alone again</source>
        <translation>Wieder nur diesen Rechner zeigen</translation>
    </message>
    <message>
        <source>&amp;Measure the memory&apos;s bandwidth</source>
        <translation>Speicherbandbreite &amp;messen</translation>
    </message>
    <message>
        <source>Find out how fast RAM is, for the speeds that are modelled</source>
        <translation>Feststellen, wie schnell der RAM ist, für die modellierten Geschwindigkeiten</translation>
    </message>
    <message>
        <source>Recei&amp;pt of a log…</source>
        <translation>&amp;Abgleich mit einem Log…</translation>
    </message>
    <message>
        <source>Set what a runtime printed beside the prediction</source>
        <translation>Was eine Laufzeit geschrieben hat, neben die Vorhersage stellen</translation>
    </message>
    <message>
        <source>&amp;Add this plan to the comparison</source>
        <translation>Diesen &amp;Plan zum Vergleich hinzufügen</translation>
    </message>
    <message>
        <source>Set the plan that is shown beside others</source>
        <translation>Den gezeigten Plan neben andere stellen</translation>
    </message>
    <message>
        <source>&amp;Compare plans…</source>
        <translation>Pläne &amp;vergleichen…</translation>
    </message>
    <message>
        <source>Show the plans that stand side by side</source>
        <translation>Die nebeneinandergestellten Pläne zeigen</translation>
    </message>
    <message>
        <source>Compare &amp;saved answers…</source>
        <translation>Ge&amp;speicherte Antworten vergleichen…</translation>
    </message>
    <message>
        <source>What changed between two reports, line by line, and why</source>
        <translation>Was sich zwischen zwei Berichten geändert hat, Zeile für Zeile, und warum</translation>
    </message>
    <message>
        <source>Accurac&amp;y…</source>
        <translation>&amp;Genauigkeit…</translation>
    </message>
    <message>
        <source>How far the figures were from what was measured</source>
        <translation>Wie weit die Zahlen von Messungen entfernt waren</translation>
    </message>
    <message>
        <source>Save &amp;diagnostic bundle…</source>
        <translation>&amp;Diagnosepaket speichern…</translation>
    </message>
    <message>
        <source>Write what drivers and system say, to look into it</source>
        <translation>Auskünfte von Treibern und System in eine Datei schreiben, um sie zu untersuchen</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>All keys of this window</source>
        <translation>Alle Tasten dieses Fensters</translation>
    </message>
    <message>
        <source>&amp;About Phi Planner</source>
        <translation>&amp;Über Phi Planner</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versionen und Lizenzen</translation>
    </message>
</context>
<context>
    <name>advice</name>
    <message>
        <source>saves {size}</source>
        <translation>spart {size}</translation>
    </message>
    <message>
        <source>{size} have to come free</source>
        <translation>{size} müssen frei werden</translation>
    </message>
    <message>
        <source>then it fits</source>
        <translation>dann passt es</translation>
    </message>
    <message>
        <source>then it is a tight fit</source>
        <translation>dann passt es knapp</translation>
    </message>
    <message>
        <source>then part of it is in RAM</source>
        <translation>dann liegt ein Teil im RAM</translation>
    </message>
    <message>
        <source>KV cache in {cache_type}</source>
        <translation>KV-Cache in {cache_type}</translation>
    </message>
    <message>
        <source>A context of {tokens}</source>
        <translation>Ein Kontext von {tokens}</translation>
    </message>
    <message>
        <source>1 sequence of {share}</source>
        <translation>1 Sequenz mit {share}</translation>
    </message>
    <message>
        <source>Start with {option}: prompts are read more slowly</source>
        <translation>Mit {option} starten: Prompts werden langsamer gelesen</translation>
    </message>
    <message>
        <source>vLLM takes {share_of_card} of the card</source>
        <translation>vLLM nimmt {share_of_card} der Karte</translation>
    </message>
    <message>
        <source>{sequences} sequences of {share} each</source>
        <translation>{sequences} Sequenzen mit je {share}</translation>
    </message>
    <message>
        <source>Micro-batches of {rows}</source>
        <translation>Micro-Batches von {rows}</translation>
    </message>
    <message>
        <source>Format {quant_format}</source>
        <translation>Format {quant_format}</translation>
    </message>
    <message>
        <source>Experts of the first {expert_layers} layers in RAM</source>
        <translation>Experten der ersten {expert_layers} Schichten im RAM</translation>
    </message>
    <message>
        <source>{count} of {layers} layers on the GPU, the rest in RAM</source>
        <translation>{count} von {layers} Schichten auf der GPU, der Rest im RAM</translation>
    </message>
    <message>
        <source>On {pool} instead</source>
        <translation>Stattdessen auf {pool}</translation>
    </message>
    <message>
        <source>Close programs that hold memory of {pool}</source>
        <translation>Programme schließen, die Speicher von {pool} belegen</translation>
    </message>
    <message>
        <source>It fits, with the reserve: nothing has to change.</source>
        <translation>Es passt samt Reserve: nichts muss sich ändern.</translation>
    </message>
    <message>
        <source>No change of the plan alone makes it fit here.</source>
        <translation>Keine Änderung des Plans allein lässt es hier passen.</translation>
    </message>
    <message>
        <source>With other programs closed the verdict would be: {verdict}.</source>
        <translation>Ohne andere Programme wäre das Urteil: {verdict}.</translation>
    </message>
    <message>
        <source>Programs that hold memory of {pool}</source>
        <translation>Programme, die Speicher von {pool} belegen</translation>
    </message>
    <message>
        <source>{count} programs hold {size} of {pool}</source>
        <translation>{count} Programme belegen {size} von {pool}</translation>
    </message>
    <message>
        <source>1 program holds {size} of {pool}</source>
        <translation>1 Programm belegt {size} von {pool}</translation>
    </message>
    <message>
        <source>{device} ({size})</source>
        <translation>{device} ({size})</translation>
    </message>
    <message>
        <source>All of it, with the reserve, takes one GPU with {size} free. The smallest that have it: {devices}.</source>
        <translation>Alles zusammen braucht samt Reserve eine GPU mit {size} freiem Speicher. Die kleinsten, die das haben: {devices}.</translation>
    </message>
</context>
<context>
    <name>cell_words</name>
    <message>
        <source>{quant_format} · {figure}</source>
        <translation>{quant_format} · {figure}</translation>
    </message>
    <message>
        <source>{model} {quant_format}: {verdict}. {reason}</source>
        <translation>{model} {quant_format}: {verdict}. {reason}</translation>
    </message>
    <message>
        <source>{model} {quant_format}: {verdict}, needs {needed} of {free} free</source>
        <translation>{model} {quant_format}: {verdict}, braucht {needed} von {free} frei</translation>
    </message>
    <message>
        <source>{model} · {quant_format}</source>
        <translation>{model} · {quant_format}</translation>
    </message>
    <message>
        <source>{size} parameters</source>
        <translation>{size} Parameter</translation>
    </message>
    <message>
        <source>context up to {limit}</source>
        <translation>Kontext bis {limit}</translation>
    </message>
    <message>
        <source>released {date}</source>
        <translation>erschienen {date}</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>{part}: {size}</source>
        <translation>{part}: {size}</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>Von anderen belegt</translation>
    </message>
    <message>
        <source>Left free</source>
        <translation>Bleibt frei</translation>
    </message>
    <message>
        <source>High estimate</source>
        <translation>Hohe Schätzung</translation>
    </message>
    <message>
        <source>May need {size} more</source>
        <translation>Vielleicht {size} mehr</translation>
    </message>
    <message>
        <source>Reserve {size}</source>
        <translation>Reserve {size}</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Kapazität</translation>
    </message>
    <message>
        <source>Capacity {size}</source>
        <translation>Kapazität {size}</translation>
    </message>
    <message>
        <source>Too much by {size}</source>
        <translation>{size} zu viel</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Memory of {pool}</source>
        <translation>Speicher von {pool}</translation>
    </message>
    <message>
        <source>Of {size}: {parts}.</source>
        <translation>Von {size}: {parts}.</translation>
    </message>
    <message>
        <source>The capacity is not known: {parts}.</source>
        <translation>Die Kapazität ist nicht bekannt: {parts}.</translation>
    </message>
    <message>
        <source>Memory against context length</source>
        <translation>Speicher nach Kontextlänge</translation>
    </message>
    <message>
        <source>{low} at {shortest} tokens to {high} at {longest} tokens. {largest}</source>
        <translation>{low} bei {shortest} Tokens bis {high} bei {longest} Tokens. {largest}</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Tokens</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} frei</translation>
    </message>
    <message>
        <source>{size} may be used</source>
        <translation>{size} nutzbar</translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>{size} insgesamt</translation>
    </message>
    <message>
        <source>{limit} (above this chart)</source>
        <translation>{limit} (über diesem Diagramm)</translation>
    </message>
    <message>
        <source>fits up to {count} tokens</source>
        <translation>passt bis {count} Tokens</translation>
    </message>
    <message>
        <source>All of the model&apos;s {count} tokens fit.</source>
        <translation>Alle {count} Tokens des Modells passen.</translation>
    </message>
    <message>
        <source>Up to {count} tokens fit.</source>
        <translation>Bis {count} Tokens passen.</translation>
    </message>
    <message>
        <source>No context fits.</source>
        <translation>Kein Kontext passt.</translation>
    </message>
    <message>
        <source>Which context fits is not known.</source>
        <translation>Welcher Kontext passt, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>Abgelehnt: {reason}</translation>
    </message>
    <message>
        <source>Planned context</source>
        <translation>Geplanter Kontext</translation>
    </message>
    <message>
        <source>Planned: {count} tokens</source>
        <translation>Geplant: {count} Tokens</translation>
    </message>
    <message>
        <source>Largest context that fits</source>
        <translation>Größter passender Kontext</translation>
    </message>
    <message>
        <source>Quant formats by KV cache types, in tokens: {cells}.</source>
        <translation>Quantformate nach KV-Cache-Typ, in Tokens: {cells}.</translation>
    </message>
    <message>
        <source>Quant format</source>
        <translation>Quantformat</translation>
    </message>
    <message>
        <source>KV cache {cache_type}</source>
        <translation>KV-Cache {cache_type}</translation>
    </message>
    <message>
        <source>{quant_format}, KV cache {cache_type}: {answer}</source>
        <translation>{quant_format}, KV-Cache {cache_type}: {answer}</translation>
    </message>
    <message>
        <source>up to {count} tokens fit</source>
        <translation>bis {count} Tokens passen</translation>
    </message>
    <message>
        <source>up to {count} tokens fit, {tight} if it is tight</source>
        <translation>bis {count} Tokens passen, knapp bis {tight}</translation>
    </message>
    <message>
        <source>{count} tokens at most, and tight</source>
        <translation>höchstens {count} Tokens, und das knapp</translation>
    </message>
    <message>
        <source>the planned context fits</source>
        <translation>der geplante Kontext passt</translation>
    </message>
    <message>
        <source>it fits, tight</source>
        <translation>er passt knapp</translation>
    </message>
    <message>
        <source>only shorter ones fit</source>
        <translation>nur kürzere passen</translation>
    </message>
    <message>
        <source>Memory of each device</source>
        <translation>Speicher jedes Geräts</translation>
    </message>
    <message>
        <source>{devices}.</source>
        <translation>{devices}.</translation>
    </message>
    <message>
        <source>{device}: {size} of {free} free</source>
        <translation>{device}: {size} von {free} frei</translation>
    </message>
    <message>
        <source>{device}: {size}, free not known</source>
        <translation>{device}: {size}, frei nicht bekannt</translation>
    </message>
    <message>
        <source>{name} · RAM</source>
        <translation>{name} · RAM</translation>
    </message>
    <message>
        <source>{size} of {free} free</source>
        <translation>{size} von {free} frei</translation>
    </message>
    <message>
        <source>Speed against context length, modelled</source>
        <translation>Geschwindigkeit nach Kontextlänge, modelliert</translation>
    </message>
    <message>
        <source>Decoding {first} tokens per second at {shortest} tokens of context, {last} at {longest}. Modelled, not measured.</source>
        <translation>Erzeugt {first} Tokens pro Sekunde bei {shortest} Tokens Kontext, {last} bei {longest}. Modelliert, nicht gemessen.</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>Tokens pro Sekunde</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>Schnellste</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>erwartet</translation>
    </message>
    <message>
        <source>slowest to fastest</source>
        <translation>langsamste bis schnellste</translation>
    </message>
    <message>
        <source>{expected} tokens per second ({low} to {high})</source>
        <translation>{expected} Tokens pro Sekunde ({low} bis {high})</translation>
    </message>
</context>
<context>
    <name>command</name>
    <message>
        <source>This is now the plan of the {program} command.</source>
        <translation>Das ist jetzt der Plan des {program}-Befehls.</translation>
    </message>
    <message>
        <source>Its model is not known, so the chosen one stays.</source>
        <translation>Sein Modell ist nicht bekannt, also bleibt das gewählte.</translation>
    </message>
    <message>
        <source>It does not tell the quant format, so the nearest one is taken.</source>
        <translation>Er nennt kein Quantformat, also gilt das nächstliegende.</translation>
    </message>
    <message>
        <source>Passed over: {words}.</source>
        <translation>Übergangen: {words}.</translation>
    </message>
    <message>
        <source>Passed over: {words} and more.</source>
        <translation>Übergangen: {words} und weitere.</translation>
    </message>
</context>
<context>
    <name>compare</name>
    <message>
        <source>Plans side by side</source>
        <translation>Pläne nebeneinander</translation>
    </message>
    <message>
        <source>{model} · {quant_format}</source>
        <translation>{model} · {quant_format}</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Benötigt</translation>
    </message>
    <message>
        <source>In RAM beside a GPU</source>
        <translation>Im RAM neben einer GPU</translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation>Schichten auf der GPU</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>KV cache type</source>
        <translation>KV-Cache-Typ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>Bit pro Gewicht</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Writes, tokens per second, modelled</source>
        <translation>Schreibt, Tokens pro Sekunde, modelliert</translation>
    </message>
    <message>
        <source>Reads, tokens per second, modelled</source>
        <translation>Liest, Tokens pro Sekunde, modelliert</translation>
    </message>
    <message>
        <source>{count} of {layers}</source>
        <translation>{count} von {layers}</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>The program</source>
        <translation>Das Programm</translation>
    </message>
    <message>
        <source>The machine</source>
        <translation>Der Rechner</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>Memory, line by line</source>
        <translation>Speicher, Zeile für Zeile</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>1 more is in the exported file.</source>
        <translation>1 weiterer steht in der exportierten Datei.</translation>
    </message>
    <message>
        <source>{count} more are in the exported file.</source>
        <translation>{count} weitere stehen in der exportierten Datei.</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Its shape is not known.</source>
        <translation>Seine Form ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Several GPUs and experts in RAM are worked out for Phi models alone; this file holds another model.</source>
        <translation>Mehrere GPUs und Experten im RAM werden nur für Phi-Modelle berechnet; diese Datei enthält ein anderes Modell.</translation>
    </message>
    <message>
        <source>How much memory {card_name} has is not known: {why}</source>
        <translation>Wie viel Speicher {card_name} hat, ist nicht bekannt: {why}</translation>
    </message>
    <message>
        <source>the driver does not say.</source>
        <translation>der Treiber sagt es nicht.</translation>
    </message>
    <message>
        <source>How much of {card_name} is free is not known: {why}</source>
        <translation>Wie viel auf {card_name} frei ist, ist nicht bekannt: {why}</translation>
    </message>
    <message>
        <source>This machine has no memory pool {target_id}; it has: {known}.</source>
        <translation>Dieser Rechner hat keinen Speicher {target_id}; er hat: {known}.</translation>
    </message>
    <message>
        <source>No memory could be read on this machine, so nothing can be compared.</source>
        <translation>Auf diesem Rechner ließ sich kein Speicher lesen, also lässt sich nichts vergleichen.</translation>
    </message>
    <message>
        <source>Tensor parallelism over {count} cards needs {count2} GPUs; this machine has {gpus}.</source>
        <translation>Tensorparallelität über {count} Karten braucht {count2} GPUs; dieser Rechner hat {gpus}.</translation>
    </message>
    <message>
        <source>The tensor split has {tensor_split} shares; this machine has {spread} GPUs with memory of their own.</source>
        <translation>Die Aufteilung hat {tensor_split} Anteile; dieser Rechner hat {spread} GPUs mit eigenem Speicher.</translation>
    </message>
    <message>
        <source>Even one sequence {why_not}</source>
        <translation>Schon eine Sequenz {why_not}</translation>
    </message>
    <message>
        <source>Even one token {why_not}</source>
        <translation>Schon ein Token {why_not}</translation>
    </message>
    <message>
        <source>on {target_name} needs {high_bytes}, and less is free.</source>
        <translation>braucht auf {target_name} {high_bytes}, und weniger ist frei.</translation>
    </message>
    <message>
        <source>on {name} needs {needed}{where}, and {value} may be used.</source>
        <translation>braucht auf {name} {needed}{where}, und {value} sind nutzbar.</translation>
    </message>
    <message>
        <source>is not promised on {name}. {reason}</source>
        <translation>ist auf {name} nicht zugesichert. {reason}</translation>
    </message>
    <message>
        <source>of RAM beside it</source>
        <translation>RAM daneben</translation>
    </message>
    <message>
        <source>is not promised on {target_name}. {reason}</source>
        <translation>ist auf {target_name} nicht zugesichert. {reason}</translation>
    </message>
    <message>
        <source>llama.cpp has no {value} architecture, so there is no GGUF file.</source>
        <translation>llama.cpp kennt keine Architektur {value}, also gibt es keine GGUF-Datei.</translation>
    </message>
    <message>
        <source>It does not fit, so it has no speed.</source>
        <translation>Es passt nicht, also hat es keine Geschwindigkeit.</translation>
    </message>
    <message>
        <source>A ledger is worked out for GGUF files; this one is for other runtimes.</source>
        <translation>Eine Aufstellung gibt es für GGUF-Dateien; diese ist für andere Laufzeiten.</translation>
    </message>
    <message>
        <source>Nothing can be worked out but the weights: {list}.</source>
        <translation>Nur die Gewichte lassen sich berechnen: {list}.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>A file of one&apos;s own: {file_name}.</source>
        <translation>Eine eigene Datei: {file_name}.</translation>
    </message>
    <message>
        <source>Nothing can be planned: {list}.</source>
        <translation>Nichts lässt sich planen: {list}.</translation>
    </message>
    <message>
        <source>{runtime} does not load a GGUF file; llama.cpp does.</source>
        <translation>{runtime} lädt keine GGUF-Datei; llama.cpp schon.</translation>
    </message>
    <message>
        <source>{program} has no --no-repack: it keeps the second copy that the plan has not.</source>
        <translation>{program} hat kein --no-repack: es behält die zweite Kopie, die der Plan nicht hat.</translation>
    </message>
    <message>
        <source>{tool} does not run plans of {runtime}; {known} does.</source>
        <translation>{tool} führt keine Pläne von {runtime} aus; {known} schon.</translation>
    </message>
    <message>
        <source>{value} cannot stand in a command: a model&apos;s file or repository has a name of printable characters.</source>
        <translation>{value} kann nicht in einem Befehl stehen: Datei oder Repository eines Modells haben einen Namen aus druckbaren Zeichen.</translation>
    </message>
    <message>
        <source>{value} cannot be written for PowerShell: versions differ on double quotes.</source>
        <translation>{value} lässt sich für PowerShell nicht schreiben: die Versionen behandeln doppelte Anführungszeichen verschieden.</translation>
    </message>
    <message>
        <source>This plan is about libllama&apos;s own defaults, and {tool} has others: choose the program &apos;server&apos;.</source>
        <translation>Dieser Plan gilt für die Vorgaben von libllama, und {tool} hat andere: das Programm „server“ wählen.</translation>
    </message>
    <message>
        <source>Ollama stores keys and values in one type, f16, q8_0 or q4_0; the plan has {cache_type_k} and {cache_type_v}.</source>
        <translation>Ollama speichert Schlüssel und Werte in einem Typ, f16, q8_0 oder q4_0; der Plan hat {cache_type_k} und {cache_type_v}.</translation>
    </message>
    <message>
        <source>`vllm serve` has no option for {quant_format}; it has: {list}.</source>
        <translation>`vllm serve` hat keine Option für {quant_format}; es hat: {list}.</translation>
    </message>
    <message>
        <source>{where} must be a checkpoint that is packed as {quant_format}.</source>
        <translation>{where} muss ein als {quant_format} gepackter Checkpoint sein.</translation>
    </message>
    <message>
        <source>llama-cli holds one conversation, and the plan {parallel_sequences}: llama-server runs them.</source>
        <translation>llama-cli führt ein Gespräch, der Plan {parallel_sequences}: llama-server kann das.</translation>
    </message>
    <message>
        <source>The first line is the server, in a terminal of its own.</source>
        <translation>Die erste Zeile ist der Server, in einem eigenen Terminal.</translation>
    </message>
    <message>
        <source>An Ollama that runs already keeps its own settings: stop it before.</source>
        <translation>Ein schon laufendes Ollama behält seine Einstellungen: vorher beenden.</translation>
    </message>
    <message>
        <source>Ollama gives each sequence num_ctx tokens, and may put fewer layers on the GPU.</source>
        <translation>Ollama gibt jeder Sequenz num_ctx Tokens und legt vielleicht weniger Schichten auf die GPU.</translation>
    </message>
    <message>
        <source>`lms ls` shows the key of a downloaded model.</source>
        <translation>`lms ls` zeigt den Schlüssel eines heruntergeladenen Modells.</translation>
    </message>
    <message>
        <source>Cache types, flash attention and batch sizes are set in the app, not here.</source>
        <translation>Cache-Typen, Flash Attention und Batch-Größen werden in der App eingestellt, nicht hier.</translation>
    </message>
    <message>
        <source>{option} changes the memory, and a plan here does not have it.</source>
        <translation>{option} ändert den Speicher, und ein Plan kennt das hier nicht.</translation>
    </message>
    <message>
        <source>Without a format --hf-repo takes the repository&apos;s Q4_K_M.</source>
        <translation>Ohne Format nimmt --hf-repo das Q4_K_M des Repositorys.</translation>
    </message>
    <message>
        <source>Without --parallel llama-server has {DEFAULT_SLOTS} slots that share one cache.</source>
        <translation>Ohne --parallel hat llama-server {DEFAULT_SLOTS} Plätze, die sich einen Cache teilen.</translation>
    </message>
    <message>
        <source>Without --ctx-size the model&apos;s whole context is taken</source>
        <translation>Ohne --ctx-size gilt der ganze Kontext des Modells</translation>
    </message>
    <message>
        <source>Without --n-gpu-layers llama.cpp takes as many layers as fit.</source>
        <translation>Ohne --n-gpu-layers nimmt llama.cpp so viele Schichten, wie passen.</translation>
    </message>
    <message>
        <source>Without --split-mode llama.cpp uses every GPU; one is planned with here.</source>
        <translation>Ohne --split-mode nutzt llama.cpp alle GPUs; hier wird mit einer geplant.</translation>
    </message>
    <message>
        <source>: {limit} tokens.</source>
        <translation>: {limit} Tokens.</translation>
    </message>
    <message>
        <source>Without --max-model-len the model&apos;s whole context is taken</source>
        <translation>Ohne --max-model-len gilt der ganze Kontext des Modells</translation>
    </message>
    <message>
        <source>{name} takes a whole number from {lowest} to {highest}; the command has {text}.</source>
        <translation>{name} nimmt eine ganze Zahl von {lowest} bis {highest}; der Befehl hat {text}.</translation>
    </message>
    <message>
        <source>{name} takes on, off or auto; the command has {text}.</source>
        <translation>{name} nimmt on, off oder auto; der Befehl hat {text}.</translation>
    </message>
    <message>
        <source>{name} takes {list}; the command has {text}.</source>
        <translation>{name} nimmt {list}; der Befehl hat {text}.</translation>
    </message>
    <message>
        <source>The command&apos;s model {source} is none of the catalogue: choose the model.</source>
        <translation>Das Modell {source} des Befehls ist nicht im Katalog: das Modell wählen.</translation>
    </message>
    <message>
        <source>The command&apos;s file {source} does not tell its quant format: choose one.</source>
        <translation>Die Datei {source} des Befehls nennt kein Quantformat: eines wählen.</translation>
    </message>
    <message>
        <source>The command ends after {name}, which needs a value.</source>
        <translation>Der Befehl endet nach {name}, das einen Wert braucht.</translation>
    </message>
    <message>
        <source>{model_name} is closed: its sizes are not published and no open runtime loads it.</source>
        <translation>{model_name} ist geschlossen: seine Größen sind nicht veröffentlicht, und keine offene Laufzeit lädt es.</translation>
    </message>
    <message>
        <source>The number of parallel sequences</source>
        <translation>Die Zahl paralleler Sequenzen</translation>
    </message>
    <message>
        <source>The batch size</source>
        <translation>Die Batch-Größe</translation>
    </message>
    <message>
        <source>The micro-batch size</source>
        <translation>Die Micro-Batch-Größe</translation>
    </message>
    <message>
        <source>{model_name} has {shape} layers that a GPU can hold, the output layer included; {gpu_layer_count} is out of that range.</source>
        <translation>{model_name} hat samt Ausgabeschicht {shape} Schichten, die eine GPU halten kann; {gpu_layer_count} liegt außerhalb.</translation>
    </message>
    <message>
        <source>{model_name} has {layer_count} layers whose experts could stay in RAM; {cpu_expert_layers} is out of that range.</source>
        <translation>{model_name} hat {layer_count} Schichten, deren Experten im RAM bleiben könnten; {cpu_expert_layers} liegt außerhalb.</translation>
    </message>
    <message>
        <source>Tensor parallelism is estimated for vLLM alone; {runtime} would need tensor_parallel 1.</source>
        <translation>Tensorparallelität wird nur für vLLM geschätzt; {runtime} bräuchte tensor_parallel 1.</translation>
    </message>
    <message>
        <source>The prompt length</source>
        <translation>Die Prompt-Länge</translation>
    </message>
    <message>
        <source>The maximum length</source>
        <translation>Die maximale Länge</translation>
    </message>
    <message>
        <source>The chunk size</source>
        <translation>Die Chunk-Größe</translation>
    </message>
    <message>
        <source>The number of sequences that vLLM runs</source>
        <translation>Die Zahl der Sequenzen, die vLLM ausführt</translation>
    </message>
    <message>
        <source>The number of cards in parallel</source>
        <translation>Die Zahl paralleler Karten</translation>
    </message>
    <message>
        <source>A maximum length of {max_length} tokens is below the context of {context_length}.</source>
        <translation>Eine maximale Länge von {max_length} Tokens liegt unter dem Kontext von {context_length}.</translation>
    </message>
    <message>
        <source>The share of the GPU&apos;s memory that vLLM takes must be above 0 and at most 1; it is {gpu_memory_utilization}.</source>
        <translation>Der Anteil am GPU-Speicher, den vLLM nimmt, muss über 0 und höchstens 1 sein; er ist {gpu_memory_utilization}.</translation>
    </message>
    <message>
        <source>{runtime} stores keys and values in one type; {cache_type_k} and {cache_type_v} cannot be mixed.</source>
        <translation>{runtime} speichert Schlüssel und Werte in einem Typ; {cache_type_k} und {cache_type_v} lassen sich nicht mischen.</translation>
    </message>
    <message>
        <source>A context length must be at least 1 token; it is {context_length}.</source>
        <translation>Eine Kontextlänge muss mindestens 1 Token sein; sie ist {context_length}.</translation>
    </message>
    <message>
        <source>{model_name} supports at most {limit} tokens; a context of {context_length} is beyond its limit.</source>
        <translation>{model_name} unterstützt höchstens {limit} Tokens; ein Kontext von {context_length} liegt darüber.</translation>
    </message>
    <message>
        <source>{name} must be between 1 and {highest}; it is {value}.</source>
        <translation>{name} muss zwischen 1 und {highest} liegen; sie ist {value}.</translation>
    </message>
    <message>
        <source>A context of {context_length} tokens cannot be shared by {parallel_sequences} sequences.</source>
        <translation>Ein Kontext von {context_length} Tokens lässt sich nicht auf {parallel_sequences} Sequenzen aufteilen.</translation>
    </message>
    <message>
        <source>{runtime} has no {cache_type} cache here; it has: {list}.</source>
        <translation>{runtime} hat hier keinen Cache in {cache_type}; es hat: {list}.</translation>
    </message>
    <message>
        <source>{file_name} by {publisher} is labelled {quant_format} but has {bits} bits per weight, where {quant_format2} of this model has {usual_bits}: its weights take {apart} {value} than is estimated here.</source>
        <translation>{file_name} von {publisher} ist als {quant_format} bezeichnet, hat aber {bits} Bit pro Gewicht, wo {quant_format2} dieses Modells {usual_bits} hat: seine Gewichte brauchen {apart} {value}, als hier geschätzt wird.</translation>
    </message>
    <message>
        <source>file {size_gb} GB, as published by {publisher} ({file_name})</source>
        <translation>Datei {size_gb} GB, wie von {publisher} veröffentlicht ({file_name})</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA-Graphen</translation>
    </message>
    <message>
        <source>The log does not say for how many tokens logits are reserved: &apos;{program}&apos; comes nearest.</source>
        <translation>Das Log sagt nicht, für wie viele Tokens Logits reserviert werden: „{program}“ kommt am nächsten.</translation>
    </message>
    <message>
        <source>The log does not say which quantiser made the file: the rules of &apos;{mix}&apos; come nearest.</source>
        <translation>Das Log sagt nicht, welcher Quantisierer die Datei gemacht hat: die Regeln „{mix}“ kommen am nächsten.</translation>
    </message>
    <message>
        <source>Several GPUs hold the model: they are added up here, and judged together.</source>
        <translation>Mehrere GPUs halten das Modell: hier sind sie summiert und gemeinsam beurteilt.</translation>
    </message>
    <message>
        <source>llama.cpp counts the output layer first since 2026-03; before, the same number of layers on the GPU were all repeating ones.</source>
        <translation>llama.cpp zählt die Ausgabeschicht seit 2026-03 zuerst; davor waren ebenso viele Schichten auf der GPU lauter wiederholte.</translation>
    </message>
    <message>
        <source>This log counts the whole mapped file for the host, as llama.cpp did before 2025, also what the GPU holds.</source>
        <translation>Dieses Log zählt die ganze eingeblendete Datei zum Host, wie llama.cpp vor 2025, auch was die GPU hält.</translation>
    </message>
    <message>
        <source>vLLM gives the cache all that is left of its share of the card.</source>
        <translation>vLLM gibt dem Cache alles, was von seinem Anteil der Karte übrig ist.</translation>
    </message>
    <message>
        <source>How much of {ram_name} is free is not known: {why}</source>
        <translation>Wie viel auf {ram_name} frei ist, ist nicht bekannt: {why}</translation>
    </message>
    <message>
        <source>the system does not say.</source>
        <translation>das System sagt es nicht.</translation>
    </message>
    <message>
        <source>How much of {target_name} is free is not known: {why}</source>
        <translation>Wie viel auf {target_name} frei ist, ist nicht bekannt: {why}</translation>
    </message>
    <message>
        <source>{gpu_layer_count} of {shape} layers on the GPU: {why}</source>
        <translation>{gpu_layer_count} von {shape} Schichten auf der GPU: {why}</translation>
    </message>
    <message>
        <source>{runtime} cannot run {model_name}.</source>
        <translation>{runtime} kann {model_name} nicht ausführen.</translation>
    </message>
    <message>
        <source>residual copy on the CPU</source>
        <translation>Kopie des Residuums auf der CPU</translation>
    </message>
    <message>
        <source>The tensor {tensor_name} is of a layer beyond the {layer_count} that the metadata counts, so it is not known where it would be placed.</source>
        <translation>Der Tensor {tensor_name} gehört zu einer Schicht jenseits der {layer_count}, die die Metadaten zählen; wo er läge, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Not checked against measurements</source>
        <translation>Nicht an Messungen geprüft</translation>
    </message>
    <message>
        <source>the cells are rounded up to 256.</source>
        <translation>die Zellen sind auf 256 aufgerundet.</translation>
    </message>
    <message>
        <source>layers with a sliding window keep the window and a micro-batch; with --swa-full, and before 2025-05, they keep the whole context (the high figure).</source>
        <translation>Schichten mit gleitendem Fenster halten das Fenster und einen Micro-Batch; mit --swa-full und vor 2025-05 halten sie den ganzen Kontext (die hohe Zahl).</translation>
    </message>
    <message>
        <source>The context length</source>
        <translation>Die Kontextlänge</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type_v} V cache here: a quantised V cache requires flash attention to be enabled.</source>
        <translation>llama.cpp lehnt hier einen V-Cache in {cache_type_v} ab: ein quantisierter V-Cache braucht Flash Attention.</translation>
    </message>
    <message>
        <source>{0} cells x {1} values in {2} layers ({3} K, {4} V){5}</source>
        <translation>{0} Zellen × {1} Werte in {2} Schichten ({3} K, {4} V){5}</translation>
    </message>
    <message>
        <source>about {0} B, as a Phi block of these sizes would take</source>
        <translation>etwa {0} B, wie ein Phi-Block dieser Größe</translation>
    </message>
    <message>
        <source>{NOT_CHECKED}: the graph of this architecture was not studied, so the band is from half to twice that or more.</source>
        <translation>{NOT_CHECKED}: der Graph dieser Architektur wurde nicht untersucht, daher reicht die Spanne von der Hälfte bis zum Doppelten oder mehr.</translation>
    </message>
    <message>
        <source>{0} logits x 4 B x {1} sequences</source>
        <translation>{0} Logits × 4 B × {1} Sequenzen</translation>
    </message>
    <message>
        <source>The program reads one row of logits for each sequence.</source>
        <translation>Das Programm liest für jede Sequenz eine Zeile Logits.</translation>
    </message>
    <message>
        <source>{name} must be between 1 and {highest} for this model; it is {value}.</source>
        <translation>{name} muss für dieses Modell zwischen 1 und {highest} liegen; sie ist {value}.</translation>
    </message>
    <message>
        <source>llama.cpp has no {cache_type} cache.</source>
        <translation>llama.cpp hat keinen Cache in {cache_type}.</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type} {side} cache for this model: its block size of {QUANTISED_BLOCK} does not divide the head size of {value}.</source>
        <translation>llama.cpp lehnt für dieses Modell einen {side}-Cache in {cache_type} ab: seine Blockgröße {QUANTISED_BLOCK} teilt die Kopfgröße {value} nicht.</translation>
    </message>
    <message>
        <source>, less beyond the windows</source>
        <translation>, jenseits der Fenster weniger</translation>
    </message>
    <message>
        <source>residual stream</source>
        <translation>Residualstrom</translation>
    </message>
    <message>
        <source>gate and up</source>
        <translation>gate und up</translation>
    </message>
    <message>
        <source>new keys or values</source>
        <translation>neue Schlüssel oder Werte</translation>
    </message>
    <message>
        <source>keys of a layer in RAM</source>
        <translation>Schlüssel einer Schicht im RAM</translation>
    </message>
    <message>
        <source>values of a layer in RAM</source>
        <translation>Werte einer Schicht im RAM</translation>
    </message>
    <message>
        <source>holes between them</source>
        <translation>Lücken dazwischen</translation>
    </message>
    <message>
        <source>of the rows put out</source>
        <translation>der ausgegebenen Zeilen</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type} {side} cache for this model with flash attention: its block size of {QUANTISED_BLOCK} does not divide the head size of {head_dim}.</source>
        <translation>llama.cpp lehnt für dieses Modell mit Flash Attention einen {side}-Cache in {cache_type} ab: seine Blockgröße {QUANTISED_BLOCK} teilt die Kopfgröße {head_dim} nicht.</translation>
    </message>
    <message>
        <source>A tensor split needs one share for each GPU, none negative and not all 0; it is {list}.</source>
        <translation>Eine Aufteilung braucht einen Anteil je GPU, keinen negativ und nicht alle 0; sie ist {list}.</translation>
    </message>
    <message>
        <source>The graph&apos;s largest stage; memory is reused between stages. Equal to llama.cpp&apos;s own size simulation.</source>
        <translation>Die größte Stufe des Graphen; Speicher wird zwischen Stufen wiederverwendet. Gleich der Größensimulation von llama.cpp.</translation>
    </message>
    <message>
        <source>What stands in the buffer when it is largest, by replaying llama.cpp&apos;s graph allocator; weights in RAM are copied to the GPU for each long prompt. Equal to llama.cpp&apos;s own size simulation.</source>
        <translation>Was im Puffer steht, wenn er am größten ist, durch Nachspielen des Graph-Allokators von llama.cpp; Gewichte im RAM werden für jeden langen Prompt auf die GPU kopiert. Gleich der Größensimulation von llama.cpp.</translation>
    </message>
    <message>
        <source>every layer and the output</source>
        <translation>alle Schichten und die Ausgabe</translation>
    </message>
    <message>
        <source>Mapped pages can be dropped and read again.</source>
        <translation>Eingeblendete Seiten können verworfen und neu gelesen werden.</translation>
    </message>
    <message>
        <source>{0} cells x {1} layers x {2} KV heads x {3} values x ({4})</source>
        <translation>{0} Zellen × {1} Schichten × {2} KV-Köpfe × {3} Werte × ({4})</translation>
    </message>
    <message>
        <source>The cells are rounded up to 256</source>
        <translation>Die Zellen sind auf 256 aufgerundet</translation>
    </message>
    <message>
        <source>{rounded}; the cache is allocated in full at the start.</source>
        <translation>{rounded}; der Cache wird am Anfang in voller Größe belegt.</translation>
    </message>
    <message>
        <source>the last {repeating_gpu_layers} of {layer_count} layers</source>
        <translation>die letzten {repeating_gpu_layers} von {layer_count} Schichten</translation>
    </message>
    <message>
        <source>the output and {last}</source>
        <translation>die Ausgabe und {last}</translation>
    </message>
    <message>
        <source>, less the experts of {expert_layers_in_ram} layers</source>
        <translation>, ohne die Experten von {expert_layers_in_ram} Schichten</translation>
    </message>
    <message>
        <source>{0}: {1} B of {2} B of tensors</source>
        <translation>{0}: {1} B von {2} B der Tensoren</translation>
    </message>
    <message>
        <source>token embedding {0} B + {1} layers {2} B</source>
        <translation>Token-Embedding {0} B + {1} Schichten {2} B</translation>
    </message>
    <message>
        <source>Mapped pages can be dropped and read again; those of repacked tensors are not needed once loaded.</source>
        <translation>Eingeblendete Seiten können verworfen und neu gelesen werden; die umgepackter Tensoren werden nach dem Laden nicht mehr gebraucht.</translation>
    </message>
    <message>
        <source>all tensors: {0} B, mapped from the file</source>
        <translation>alle Tensoren: {0} B, aus der Datei eingeblendet</translation>
    </message>
    <message>
        <source>+ {0} layers x {1} B of row padding</source>
        <translation>+ {0} Schichten × {1} B Zeilenauffüllung</translation>
    </message>
    <message>
        <source>; the sequences share them</source>
        <translation>; die Sequenzen teilen sie sich</translation>
    </message>
    <message>
        <source>{rounded}; llama.cpp ignores the model&apos;s sliding window of {window} tokens (PR 13676), so the cache holds the full context.</source>
        <translation>{rounded}; llama.cpp übergeht das gleitende Fenster von {window} Tokens (PR 13676), daher hält der Cache den ganzen Kontext.</translation>
    </message>
    <message>
        <source>the process and the GPU driver&apos;s libraries: 10 to 512 MiB</source>
        <translation>der Prozess und die Bibliotheken des GPU-Treibers: 10 bis 512 MiB</translation>
    </message>
    <message>
        <source>The process takes 10 to 30 MiB; what the driver&apos;s libraries add was not measured.</source>
        <translation>Der Prozess braucht 10 bis 30 MiB; was die Treiberbibliotheken hinzufügen, wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>layer tensors in Q4_K, Q4_0 and IQ4_NL: {0} B</source>
        <translation>Schichttensoren in Q4_K, Q4_0 und IQ4_NL: {0} B</translation>
    </message>
    <message>
        <source>A CPU with AVX2 keeps a rearranged copy of these tensors beside the mapped file; --no-repack avoids it.</source>
        <translation>Eine CPU mit AVX2 hält neben der eingeblendeten Datei eine umgepackte Kopie dieser Tensoren; --no-repack vermeidet das.</translation>
    </message>
    <message>
        <source>The token embedding is the output head too (tied), so the GPU holds a copy.</source>
        <translation>Das Token-Embedding ist zugleich der Ausgabekopf (gekoppelt), daher hält die GPU eine Kopie.</translation>
    </message>
    <message>
        <source>The token embedding stays in RAM; each tensor is padded to 32 B.</source>
        <translation>Das Token-Embedding bleibt im RAM; jeder Tensor wird auf 32 B aufgefüllt.</translation>
    </message>
    <message>
        <source>token embedding {0} B + {1} layers and experts of others {2} B</source>
        <translation>Token-Embedding {0} B + {1} Schichten und Experten anderer {2} B</translation>
    </message>
    <message>
        <source>llama.cpp looks the token embedding up on the host.</source>
        <translation>llama.cpp schlägt das Token-Embedding auf dem Host nach.</translation>
    </message>
    <message>
        <source>for each sequence</source>
        <translation>für jede Sequenz</translation>
    </message>
    <message>
        <source>inputs and attention mask: {0} B</source>
        <translation>Eingaben und Aufmerksamkeitsmaske: {0} B</translation>
    </message>
    <message>
        <source>Pinned RAM beside the GPU&apos;s buffer (CUDA_Host in the log).</source>
        <translation>Fest eingelagerter RAM neben dem Puffer der GPU (CUDA_Host im Log).</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>keine Schichten</translation>
    </message>
    <message>
        <source>the process itself: 10 to 30 MiB</source>
        <translation>der Prozess selbst: 10 bis 30 MiB</translation>
    </message>
    <message>
        <source>Code, tokenizer and work buffers that llama.cpp does not log.</source>
        <translation>Code, Tokenizer und Arbeitspuffer, die llama.cpp nicht protokolliert.</translation>
    </message>
    <message>
        <source>CUDA context, kernels and workspaces: 0.30 to 1.00 GiB</source>
        <translation>CUDA-Kontext, Kernel und Arbeitsbereiche: 0,30 bis 1,00 GiB</translation>
    </message>
    <message>
        <source>The driver allocates this for each process; it differs by card and driver.</source>
        <translation>Der Treiber belegt das für jeden Prozess; es hängt von Karte und Treiber ab.</translation>
    </message>
    <message>
        <source>llama.cpp cannot run {model_name}.</source>
        <translation>llama.cpp kann {model_name} nicht ausführen.</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s --split-mode row does not load on CUDA, HIP, Vulkan or Metal: &apos;device does not support split buffers&apos;. In the llama.cpp of 2026-10 only SYCL (Intel GPUs) has them, and its sizes were not measured; --split-mode layer runs.</source>
        <translation>--split-mode row von llama.cpp lädt auf CUDA, HIP, Vulkan und Metal nicht: „device does not support split buffers“. Im llama.cpp von 2026-10 kann das nur SYCL (Intel-GPUs), dessen Größen nicht gemessen wurden; --split-mode layer läuft.</translation>
    </message>
    <message>
        <source>A split of the layers over several GPUs needs their shares (a tensor split such as 3,1) or a machine with several GPUs.</source>
        <translation>Schichten auf mehrere GPUs zu verteilen braucht deren Anteile (etwa 3,1) oder einen Rechner mit mehreren GPUs.</translation>
    </message>
    <message>
        <source>and the output</source>
        <translation>und die Ausgabe</translation>
    </message>
    <message>
        <source>GPU {0}: {1} of {2} layers{3}</source>
        <translation>GPU {0}: {1} von {2} Schichten{3}</translation>
    </message>
    <message>
        <source>Layers go to the GPUs in order, by their shares; the output is the last.</source>
        <translation>Die Schichten gehen der Reihe nach auf die GPUs, nach deren Anteilen; die Ausgabe ist die letzte.</translation>
    </message>
    <message>
        <source>MLX grows the cache in steps of 256 tokens and ignores a sliding window of Phi-3.</source>
        <translation>MLX lässt den Cache in Schritten von 256 Tokens wachsen und übergeht das gleitende Fenster von Phi-3.</translation>
    </message>
    <message>
        <source>Packed from the first token on (--quantized-kv-start 0); by default the command keeps {QUANTISED_FROM} tokens in 16 bits first.</source>
        <translation>Ab dem ersten Token gepackt (--quantized-kv-start 0); von sich aus hält der Befehl erst {QUANTISED_FROM} Tokens in 16 Bit.</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} values x {3}/16 B</source>
        <translation>{0} Tokens × {1} Sequenzen × {2} Werte × {3}/16 B</translation>
    </message>
    <message>
        <source>{0} tokens of a chunk: 0.02 to 0.8 GB</source>
        <translation>{0} Tokens eines Chunks: 0,02 bis 0,8 GB</translation>
    </message>
    <message>
        <source>A prompt is read in chunks of 2,048 tokens and its logits are never laid out; the band is what published peaks leave over.</source>
        <translation>Ein Prompt wird in Chunks von 2.048 Tokens gelesen, und seine Logits werden nie ausgelegt; die Spanne ist, was veröffentlichte Spitzen übrig lassen.</translation>
    </message>
    <message>
        <source>the process and what its front end keeps: 0 to {0} MiB</source>
        <translation>der Prozess und was seine Oberfläche behält: 0 bis {0} MiB</translation>
    </message>
    <message>
        <source>mlx-lm&apos;s own peaks need nothing more; other front ends were seen to keep some 0.5 GB.</source>
        <translation>Die Spitzen von mlx-lm brauchen nicht mehr; andere Oberflächen behielten etwa 0,5 GB.</translation>
    </message>
    <message>
        <source>MLX is estimated for Apple silicon, where the GPU computes from the one memory; there are no figures for it on a CPU.</source>
        <translation>MLX wird für Apple Silicon geschätzt, wo die GPU aus demselben Speicher rechnet; für eine CPU gibt es keine Zahlen.</translation>
    </message>
    <message>
        <source>MLX keeps the whole model in unified memory.</source>
        <translation>MLX hält das ganze Modell im gemeinsamen Speicher.</translation>
    </message>
    <message>
        <source>MLX runs on Apple silicon; there are no figures for it on {pool_name}.</source>
        <translation>MLX läuft auf Apple Silicon; für {pool_name} gibt es keine Zahlen.</translation>
    </message>
    <message>
        <source>{0} values in matrices x {1} bits + {2} others x 16 bits</source>
        <translation>{0} Werte in Matrizen × {1} Bit + {2} andere × 16 Bit</translation>
    </message>
    <message>
        <source>MLX packs every matrix, the embedding and the head too; a scale and a bias of 16 bits for each group of 64.</source>
        <translation>MLX packt jede Matrix, auch Embedding und Kopf; je Gruppe von 64 eine Skala und ein Bias mit 16 Bit.</translation>
    </message>
    <message>
        <source>{value} bits</source>
        <translation>{value} Bit</translation>
    </message>
    <message>
        <source>Every value takes the build&apos;s type.</source>
        <translation>Jeder Wert hat den Typ des Builds.</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI allocates the cache for max_length when the generator is made, no sliding window; left unset, max_length is the model&apos;s own limit: {at_limit} for {model_name}.</source>
        <translation>ONNX Runtime GenAI belegt den Cache für max_length, sobald der Generator entsteht, ohne gleitendes Fenster; ohne Angabe ist max_length die Grenze des Modells: {at_limit} für {model_name}.</translation>
    </message>
    <message>
        <source>int4 in blocks of 32 with a scale each; an embedding of its own stays plain.</source>
        <translation>int4 in Blöcken von 32 mit je einer Skala; ein eigenes Embedding bleibt ungepackt.</translation>
    </message>
    <message>
        <source>One matrix serves as embedding and head (tied); older builds store the embedding a second time, unpacked: read the file&apos;s size.</source>
        <translation>Eine Matrix dient als Embedding und Kopf (gekoppelt); ältere Builds speichern das Embedding ein zweites Mal, ungepackt: die Dateigröße beachten.</translation>
    </message>
    <message>
        <source>On a CPU it holds 32-bit values, twice as much as on a GPU.</source>
        <translation>Auf einer CPU hält er 32-Bit-Werte, doppelt so viel wie auf einer GPU.</translation>
    </message>
    <message>
        <source>{0} values of layers x {1}, embedding and head {2} values, {3} others</source>
        <translation>{0} Werte der Schichten × {1}, Embedding und Kopf {2} Werte, {3} andere</translation>
    </message>
    <message>
        <source>0 to 1.5 times the file of {0} B</source>
        <translation>0- bis 1,5-mal die Datei von {0} B</translation>
    </message>
    <message>
        <source>ONNX Runtime rearranges int4 matrices for the CPU: 1.0 to 1.6 times the file stays in RAM, up to 2.5 times while it loads.</source>
        <translation>ONNX Runtime ordnet int4-Matrizen für die CPU um: das 1,0- bis 1,6-Fache der Datei bleibt im RAM, beim Laden bis zum 2,5-Fachen.</translation>
    </message>
    <message>
        <source>{0} positions x {1} rotated values: {2} B of sines and cosines</source>
        <translation>{0} Positionen × {1} rotierte Werte: {2} B Sinus und Kosinus</translation>
    </message>
    <message>
        <source>The builder stores the tables for every position; some published files lack them.</source>
        <translation>Der Builder speichert die Tabellen für jede Position; manchen veröffentlichten Dateien fehlen sie.</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} values x {3} B</source>
        <translation>{0} Tokens × {1} Sequenzen × {2} Werte × {3} B</translation>
    </message>
    <message>
        <source>{0} tokens in one pass, {1} sequences</source>
        <translation>{0} Tokens in einem Durchgang, {1} Sequenzen</translation>
    </message>
    <message>
        <source>Measured with one model on a CPU and scaled by its shape: within 15 %.</source>
        <translation>Mit einem Modell auf einer CPU gemessen und nach der Form skaliert: auf 15 % genau.</translation>
    </message>
    <message>
        <source>{0} logits x {1} tokens x {2} sequences x {3} B</source>
        <translation>{0} Logits × {1} Tokens × {2} Sequenzen × {3} B</translation>
    </message>
    <message>
        <source>Logits are kept for every token of the prompt; search.chunk_size caps them, and a graph built with prune_lm_head keeps the last row alone.</source>
        <translation>Logits bleiben für jedes Token des Prompts erhalten; search.chunk_size begrenzt sie, und ein mit prune_lm_head gebauter Graph behält nur die letzte Zeile.</translation>
    </message>
    <message>
        <source>0 to 25 % of {0} B of cache, activations and logits</source>
        <translation>0 bis 25 % von {0} B für Cache, Aktivierungen und Logits</translation>
    </message>
    <message>
        <source>The CUDA arena grows in powers of two by default, so it can hold more than is used.</source>
        <translation>Die CUDA-Arena wächst von sich aus in Zweierpotenzen und kann daher mehr halten, als genutzt wird.</translation>
    </message>
    <message>
        <source>ONNX Runtime keeps the whole model on one device.</source>
        <translation>ONNX Runtime hält das ganze Modell auf einem Gerät.</translation>
    </message>
    <message>
        <source>The published ONNX files of {model_name} are for CUDA only.</source>
        <translation>Die veröffentlichten ONNX-Dateien von {model_name} sind nur für CUDA.</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s fp32 builds are for the CPU; on a GPU they are fp16.</source>
        <translation>fp32-Builds von ONNX Runtime GenAI sind für die CPU; auf einer GPU sind es fp16.</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s fp16 builds are for GPUs; on a CPU they are fp32.</source>
        <translation>fp16-Builds von ONNX Runtime GenAI sind für GPUs; auf einer CPU sind es fp32.</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s builder takes {model_name} as int4 for CUDA alone.</source>
        <translation>Der Builder von ONNX Runtime GenAI nimmt {model_name} nur als int4 für CUDA.</translation>
    </message>
    <message>
        <source>the process with CUDA&apos;s libraries</source>
        <translation>der Prozess mit den CUDA-Bibliotheken</translation>
    </message>
    <message>
        <source>the process</source>
        <translation>der Prozess</translation>
    </message>
    <message>
        <source>{reason} Not traced for this architecture: the band is wide.</source>
        <translation>{reason} Für diese Architektur nicht nachverfolgt: die Spanne ist breit.</translation>
    </message>
    <message>
        <source>{0} tokens x 4 x {1} B x ({2} + {3}) + rotary tables</source>
        <translation>{0} Tokens × 4 × {1} B × ({2} + {3}) + Rotationstabellen</translation>
    </message>
    <message>
        <source>Fused attention (SDPA) keeps no scores, so the peak is the feed-forward&apos;s.</source>
        <translation>Verschmolzene Attention (SDPA) behält keine Scores, also ist die Spitze die des Feed-Forward.</translation>
    </message>
    <message>
        <source>+ {0} B of window mask</source>
        <translation>+ {0} B Fenstermaske</translation>
    </message>
    <message>
        <source>A prompt longer than the sliding window needs a mask of its square.</source>
        <translation>Ein Prompt, länger als das gleitende Fenster, braucht eine Maske mit dem Quadrat seiner Länge.</translation>
    </message>
    <message>
        <source>Cards older than Ampere may fall back to eager attention for grouped heads: plan with eager there.</source>
        <translation>Karten älter als Ampere fallen bei gruppierten Köpfen vielleicht auf eager zurück: dort mit eager planen.</translation>
    </message>
    <message>
        <source>{0} scores x {1} B + {2} B of activations and mask</source>
        <translation>{0} Scores × {1} B + {2} B Aktivierungen und Maske</translation>
    </message>
    <message>
        <source>Eager attention keeps every head&apos;s scores, so the peak grows with the square of the prompt.</source>
        <translation>Eager-Attention behält die Scores aller Köpfe, also wächst die Spitze mit dem Quadrat des Prompts.</translation>
    </message>
    <message>
        <source>Python with torch</source>
        <translation>Python mit torch</translation>
    </message>
    <message>
        <source>CUDA context and kernels: 0.30 to 1.00 GiB</source>
        <translation>CUDA-Kontext und Kernel: 0,30 bis 1,00 GiB</translation>
    </message>
    <message>
        <source>The driver allocates this for each process; Hopper and Blackwell take some 0.2 GiB more than is expected here.</source>
        <translation>Der Treiber belegt das für jeden Prozess; Hopper und Blackwell brauchen etwa 0,2 GiB mehr als hier erwartet.</translation>
    </message>
    <message>
        <source>{0}: {1} to {2} MiB</source>
        <translation>{0}: {1} bis {2} MiB</translation>
    </message>
    <message>
        <source>What the process and its libraries take of RAM was not measured.</source>
        <translation>Was der Prozess und seine Bibliotheken an RAM brauchen, wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>15 % (0 to 35 %) of {0} B of cache and activations + 128 MiB</source>
        <translation>15 % (0 bis 35 %) von {0} B für Cache und Aktivierungen + 128 MiB</translation>
    </message>
    <message>
        <source>torch&apos;s caching allocator keeps what it freed; nvidia-smi counts it too.</source>
        <translation>Der Allokator von torch behält, was er freigab; auch nvidia-smi zählt es.</translation>
    </message>
    <message>
        <source>cuBLAS workspaces: 8 to 70 MiB</source>
        <translation>cuBLAS-Arbeitsbereiche: 8 bis 70 MiB</translation>
    </message>
    <message>
        <source>They differ by card; torch counts them as allocated.</source>
        <translation>Sie hängen von der Karte ab; torch zählt sie als belegt.</translation>
    </message>
    <message>
        <source>int8 with an f32 scale a row</source>
        <translation>int8 mit einer f32-Skala je Zeile</translation>
    </message>
    <message>
        <source>fp8 with an f32 scale a row</source>
        <translation>fp8 mit einer f32-Skala je Zeile</translation>
    </message>
    <message>
        <source>nf4 with an f32 scale for 64 values</source>
        <translation>nf4 mit einer f32-Skala für 64 Werte</translation>
    </message>
    <message>
        <source>nf4 with an 8-bit scale for 64 values, those scaled again</source>
        <translation>nf4 mit einer 8-Bit-Skala für 64 Werte, ihrerseits skaliert</translation>
    </message>
    <message>
        <source>int4 with a scale and a zero for 128 values and a group index</source>
        <translation>int4 mit Skala und Nullpunkt für 128 Werte und einem Gruppenindex</translation>
    </message>
    <message>
        <source>int4 with a scale and a zero for 128 values</source>
        <translation>int4 mit Skala und Nullpunkt für 128 Werte</translation>
    </message>
    <message>
        <source>transformers grows the cache token by token; nothing is rounded up.</source>
        <translation>transformers lässt den Cache Token für Token wachsen; nichts wird aufgerundet.</translation>
    </message>
    <message>
        <source>A static cache has its full length from the first step.</source>
        <translation>Ein statischer Cache hat vom ersten Schritt an seine volle Länge.</translation>
    </message>
    <message>
        <source>transformers keeps no more than the sliding window of {at_end_tokens} tokens, {at_end} B in the long run. Other runtimes keep all tokens.</source>
        <translation>transformers behält nicht mehr als das gleitende Fenster von {at_end_tokens} Tokens, auf Dauer {at_end} B. Andere Laufzeiten behalten alle Tokens.</translation>
    </message>
    <message>
        <source>Loading may need more than running so short a context: a matrix is packed on the GPU, and a tied embedding was seen to be loaded twice.</source>
        <translation>Das Laden kann mehr brauchen als ein so kurzer Kontext: eine Matrix wird auf der GPU gepackt, und ein gekoppeltes Embedding wurde doppelt geladen.</translation>
    </message>
    <message>
        <source>One layer&apos;s cache grows, the window layers stop, Mamba layers keep a state.</source>
        <translation>Der Cache einer Schicht wächst, die Fensterschichten hören auf, Mamba-Schichten halten einen Zustand.</translation>
    </message>
    <message>
        <source>Until the first new token the whole prompt&apos;s cache stays in memory, so that is the peak.</source>
        <translation>Bis zum ersten neuen Token bleibt der Cache des ganzen Prompts im Speicher; das ist die Spitze.</translation>
    </message>
    <message>
        <source>{template}, as far as it is above the cache at the end</source>
        <translation>{template}, soweit es über dem Cache am Ende liegt</translation>
    </message>
    <message>
        <source>{0} logits x (2 + 4) B x {1} sequences</source>
        <translation>{0} Logits × (2 + 4) B × {1} Sequenzen</translation>
    </message>
    <message>
        <source>generate() asks for the last row alone; scoring a prompt with forward() keeps every row.</source>
        <translation>generate() fragt nur nach der letzten Zeile; wer einen Prompt mit forward() bewertet, behält alle.</translation>
    </message>
    <message>
        <source>{model_name} does not run on a CPU in transformers: its own code asks for mamba-ssm and flash-attn, which need an NVIDIA GPU.</source>
        <translation>{model_name} läuft in transformers nicht auf einer CPU: sein Code verlangt mamba-ssm und flash-attn, die eine NVIDIA-GPU brauchen.</translation>
    </message>
    <message>
        <source>transformers has no fast path for {torch_format_name} on a CPU; fp32 and bf16 run there.</source>
        <translation>transformers hat keinen schnellen Weg für {torch_format_name} auf einer CPU; fp32 und bf16 laufen dort.</translation>
    </message>
    <message>
        <source>transformers cannot leave {torch_format_name} layers in RAM beside a GPU; bf16 and fp16 can, slowly (device_map).</source>
        <translation>transformers kann Schichten in {torch_format_name} neben einer GPU nicht im RAM lassen; bf16 und fp16 gehen, langsam (device_map).</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} B</source>
        <translation>{0} Tokens × {1} Sequenzen × {2} B</translation>
    </message>
    <message>
        <source>Embedding, head and norms stay in the type that the model computes in.</source>
        <translation>Embedding, Kopf und Normen behalten den Typ, in dem das Modell rechnet.</translation>
    </message>
    <message>
        <source>The embedding is the head too (tied), so a large part is not packed.</source>
        <translation>Das Embedding ist zugleich der Kopf (gekoppelt), also bleibt ein großer Teil ungepackt.</translation>
    </message>
    <message>
        <source>bitsandbytes leaves experts in 16 bits since transformers 5, where a layer&apos;s experts are one tensor; the low figure is transformers 4&apos;s.</source>
        <translation>bitsandbytes lässt Experten seit transformers 5 in 16 Bit, da die Experten einer Schicht dort ein Tensor sind; die niedrige Zahl gilt für transformers 4.</translation>
    </message>
    <message>
        <source>Every value takes 32 bits.</source>
        <translation>Jeder Wert braucht 32 Bit.</translation>
    </message>
    <message>
        <source>{0} values of layers, {1} + {2} others x {3} B + {4} of image and speech</source>
        <translation>{0} Werte der Schichten, {1} + {2} andere × {3} B + {4} für Bild und Sprache</translation>
    </message>
    <message>
        <source>all weights {0} B - {1} layers in RAM {2} B</source>
        <translation>alle Gewichte {0} B − {1} Schichten im RAM {2} B</translation>
    </message>
    <message>
        <source>device_map keeps whole layers in RAM; embedding and head stay on the GPU.</source>
        <translation>device_map hält ganze Schichten im RAM; Embedding und Kopf bleiben auf der GPU.</translation>
    </message>
    <message>
        <source>a layer&apos;s largest matrix {0} B, at most the layer</source>
        <translation>die größte Matrix einer Schicht {0} B, höchstens die Schicht</translation>
    </message>
    <message>
        <source>A layer kept in RAM is copied to the GPU, matrix by matrix, each time it runs: slow.</source>
        <translation>Eine Schicht im RAM wird bei jedem Lauf Matrix für Matrix auf die GPU kopiert: langsam.</translation>
    </message>
    <message>
        <source>{0} of {1} layers: {2} B</source>
        <translation>{0} von {1} Schichten: {2} B</translation>
    </message>
    <message>
        <source>Layers that do not fit on the GPU wait in RAM.</source>
        <translation>Schichten, die nicht auf die GPU passen, warten im RAM.</translation>
    </message>
    <message>
        <source>{value_bytes} B each</source>
        <translation>je {value_bytes} B</translation>
    </message>
    <message>
        <source>vLLM keeps the cache in blocks of {BLOCK_TOKENS} tokens; all that is left of its share becomes blocks, this is the least that the sequences need.</source>
        <translation>vLLM hält den Cache in Blöcken von {BLOCK_TOKENS} Tokens; alles, was von seinem Anteil übrig ist, wird zu Blöcken, dies ist das Mindeste für die Sequenzen.</translation>
    </message>
    <message>
        <source>Embedding, head and norms stay in 16 bits; other weights are packed.</source>
        <translation>Embedding, Kopf und Normen bleiben in 16 Bit; andere Gewichte sind gepackt.</translation>
    </message>
    <message>
        <source>With the sliding window of {sliding_window} tokens it counts the window and one batch, so little is saved.</source>
        <translation>Mit dem gleitenden Fenster von {sliding_window} Tokens zählt es das Fenster und einen Batch, also wird wenig gespart.</translation>
    </message>
    <message>
        <source>what is not torch&apos;s: 0.05 to 1.8 GiB</source>
        <translation>was nicht torch gehört: 0,05 bis 1,8 GiB</translation>
    </message>
    <message>
        <source>NCCL, kernels and the CUDA context as far as vLLM counts it; logs differ widely.</source>
        <translation>NCCL, Kernel und der CUDA-Kontext, soweit vLLM sie zählt; Logs weichen stark ab.</translation>
    </message>
    <message>
        <source>CUDA graphs: 0.3 to 1.5 GiB</source>
        <translation>CUDA-Graphen: 0,3 bis 1,5 GiB</translation>
    </message>
    <message>
        <source>Captured once; within the share since vLLM 0.21, on top of it before. --enforce-eager goes without.</source>
        <translation>Einmal aufgezeichnet; seit vLLM 0.21 innerhalb des Anteils, davor zusätzlich. --enforce-eager kommt ohne aus.</translation>
    </message>
    <message>
        <source>vLLM does not start {model_name}: it asks for {gpu_memory_utilization} of the card, {share}, and {free_bytes} are free. Close other programs, or lower --gpu-memory-utilization.</source>
        <translation>vLLM startet {model_name} nicht: es verlangt {gpu_memory_utilization} der Karte, {share}, und {free_bytes} sind frei. Andere Programme schließen oder --gpu-memory-utilization senken.</translation>
    </message>
    <message>
        <source>Every value takes 16 bits.</source>
        <translation>Jeder Wert braucht 16 Bit.</translation>
    </message>
    <message>
        <source>{head_count} attention heads</source>
        <translation>{head_count} Aufmerksamkeitsköpfe</translation>
    </message>
    <message>
        <source>{kv_heads} KV heads</source>
        <translation>{kv_heads} KV-Köpfe</translation>
    </message>
    <message>
        <source>feed-forward rows ({feed_forward_length})</source>
        <translation>Feed-Forward-Zeilen ({feed_forward_length})</translation>
    </message>
    <message>
        <source>There are no figures for vLLM on {pool_name}, only for NVIDIA GPUs.</source>
        <translation>Für vLLM auf {pool_name} gibt es keine Zahlen, nur für NVIDIA-GPUs.</translation>
    </message>
    <message>
        <source>vLLM needs compute capability 7.0; {pool_name} has {compute_capability}.</source>
        <translation>vLLM braucht Compute Capability 7.0; {pool_name} hat {compute_capability}.</translation>
    </message>
    <message>
        <source>vLLM runs bf16 from compute capability 8.0 on; {pool_name} has {compute_capability}: take fp16 there.</source>
        <translation>vLLM kann bf16 ab Compute Capability 8.0; {pool_name} hat {compute_capability}: dort fp16 nehmen.</translation>
    </message>
    <message>
        <source>{0} blocks x {1} tokens: {2} B each, {3} sequences</source>
        <translation>{0} Blöcke × {1} Tokens: je {2} B, {3} Sequenzen</translation>
    </message>
    <message>
        <source>the larger of {0} B x {1} sequences x {2} logits and {3} batched tokens</source>
        <translation>das Größere von {0} B × {1} Sequenzen × {2} Logits und {3} gebündelten Tokens</translation>
    </message>
    <message>
        <source>vLLM runs its largest batch once and keeps that much free. Cards of 70 GiB and more (but the A100) take 1,024 sequences and 8,192 batched tokens unless told.</source>
        <translation>vLLM führt seinen größten Batch einmal aus und hält so viel frei. Karten ab 70 GiB (außer der A100) nehmen ohne Angabe 1.024 Sequenzen und 8.192 gebündelte Tokens.</translation>
    </message>
    <message>
        <source>vLLM is estimated on GPUs; there are no figures for its CPU build.</source>
        <translation>vLLM wird auf GPUs geschätzt; für seinen CPU-Build gibt es keine Zahlen.</translation>
    </message>
    <message>
        <source>vLLM&apos;s --cpu-offload-gb is not estimated; all layers must fit.</source>
        <translation>--cpu-offload-gb von vLLM wird nicht geschätzt; alle Schichten müssen passen.</translation>
    </message>
    <message>
        <source>vLLM runs at most {max_sequences} sequences at once (--max-num-seqs); the plan has {parallel_sequences}.</source>
        <translation>vLLM führt höchstens {max_sequences} Sequenzen zugleich aus (--max-num-seqs); der Plan hat {parallel_sequences}.</translation>
    </message>
    <message>
        <source>vLLM is estimated on GPUs, not in RAM.</source>
        <translation>vLLM wird auf GPUs geschätzt, nicht im RAM.</translation>
    </message>
    <message>
        <source>vLLM unpacks the scales of double quantisation to 32 bits as it loads.</source>
        <translation>vLLM entpackt die Skalen doppelter Quantisierung beim Laden auf 32 Bit.</translation>
    </message>
    <message>
        <source>vLLM cannot run {model_name} with tensor parallelism over {tensor_parallel} cards: its {words} do not divide by {tensor_parallel2} (issue 11856); possible are {shape}.</source>
        <translation>vLLM kann {model_name} nicht mit Tensorparallelität über {tensor_parallel} Karten ausführen: {words} sind nicht durch {tensor_parallel2} teilbar (Issue 11856); möglich sind {shape}.</translation>
    </message>
    <message>
        <source>The scales stay packed in Unsloth&apos;s vLLM alone; vLLM unpacks them.</source>
        <translation>Nur im vLLM von Unsloth bleiben die Skalen gepackt; vLLM entpackt sie.</translation>
    </message>
    <message>
        <source>vLLM&apos;s processes with torch</source>
        <translation>die vLLM-Prozesse mit torch</translation>
    </message>
    <message>
        <source>{0} values of layers, {1} + {2} others x 2 B, over {3} cards</source>
        <translation>{0} Werte der Schichten, {1} + {2} andere × 2 B, auf {3} Karten</translation>
    </message>
    <message>
        <source>2 B each</source>
        <translation>je 2 B</translation>
    </message>
    <message>
        <source>the GPU</source>
        <translation>der GPU</translation>
    </message>
    <message>
        <source>The memory bandwidth of {name} is not known, so no speed can be modelled.</source>
        <translation>Die Speicherbandbreite ist nicht bekannt ({name}), also lässt sich keine Geschwindigkeit modellieren.</translation>
    </message>
    <message>
        <source>The compute of {name} is not known, so no prefill speed can be modelled.</source>
        <translation>Die Rechenleistung ist nicht bekannt ({name}), also lässt sich keine Prefill-Geschwindigkeit modellieren.</translation>
    </message>
    <message>
        <source>A machine by size: all of its memory counts as free.</source>
        <translation>Ein Rechner nach Größe: sein ganzer Speicher gilt als frei.</translation>
    </message>
    <message>
        <source>A machine of the catalogue: all of its memory counts as free.</source>
        <translation>Ein Rechner aus dem Katalog: sein ganzer Speicher gilt als frei.</translation>
    </message>
    <message>
        <source>System memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>The GPU may have {usable_bytes} of {total_bytes}; the system&apos;s settings may change that.</source>
        <translation>Die GPU darf {usable_bytes} von {total_bytes} haben; Systemeinstellungen können das ändern.</translation>
    </message>
    <message>
        <source>A what-if machine needs memory above zero, not {size_bytes} bytes. Give a size such as 24GiB.</source>
        <translation>Ein gedachter Rechner braucht Speicher über null, nicht {size_bytes} Bytes. Eine Größe wie 24GiB angeben.</translation>
    </message>
    <message>
        <source>{name} is a computer by itself, whose RAM is its GPU&apos;s memory: no other --device, --vram or --ram goes with it.</source>
        <translation>{name} ist selbst ein Rechner, dessen RAM der Speicher der GPU ist: kein weiteres --device, --vram oder --ram gehört dazu.</translation>
    </message>
    <message>
        <source>GPU with {size_bytes}</source>
        <translation>GPU mit {size_bytes}</translation>
    </message>
    <message>
        <source>The same memory as {list}: it is counted once.</source>
        <translation>Derselbe Speicher wie {list}: er zählt einmal.</translation>
    </message>
    <message>
        <source>No NVIDIA driver found.</source>
        <translation>Kein NVIDIA-Treiber gefunden.</translation>
    </message>
    <message>
        <source>The NVIDIA driver could not be asked: the probe {failure}. Its GPUs are not shown. Try `nvidia-smi` in a terminal; restarting the computer often helps.</source>
        <translation>Der NVIDIA-Treiber ließ sich nicht befragen: die Abfrage {failure}. Seine GPUs werden nicht gezeigt. `nvidia-smi` in einem Terminal versuchen; ein Neustart hilft oft.</translation>
    </message>
    <message>
        <source>This GPU computes from the system&apos;s memory: it is the same memory as the RAM, counted once, and the figures are the system&apos;s.</source>
        <translation>Diese GPU rechnet aus dem Speicher des Systems: es ist derselbe wie der RAM, zählt einmal, und die Zahlen sind die des Systems.</translation>
    </message>
    <message>
        <source>The driver does not give its bandwidth.</source>
        <translation>Der Treiber nennt ihre Bandbreite nicht.</translation>
    </message>
    <message>
        <source>The system does not give the bandwidth of its memory.</source>
        <translation>Das System nennt die Bandbreite seines Speichers nicht.</translation>
    </message>
    <message>
        <source>Windows gives WSL half of the computer&apos;s memory unless `memory=` in .wslconfig says otherwise, so the computer has more than this.</source>
        <translation>Windows gibt WSL die Hälfte des Speichers, sofern `memory=` in .wslconfig nichts anderes sagt; der Rechner hat also mehr.</translation>
    </message>
    <message>
        <source>The memory is in {count} parts, each next to its own processors (NUMA). A model that is not spread over them is read at the speed of one part.</source>
        <translation>Der Speicher besteht aus {count} Teilen, jeder neben eigenen Prozessoren (NUMA). Ein nicht darüber verteiltes Modell wird mit dem Tempo eines Teils gelesen.</translation>
    </message>
    <message>
        <source>This program may use {total_bytes} of the computer&apos;s {total_bytes2} (a cgroup limit, as containers have).</source>
        <translation>Dieses Programm darf {total_bytes} der {total_bytes2} des Rechners nutzen (ein cgroup-Limit, wie Container es haben).</translation>
    </message>
    <message>
        <source>The system did not give its memory ({strerror}).</source>
        <translation>Das System nannte seinen Speicher nicht ({strerror}).</translation>
    </message>
    <message>
        <source>The verdict was: {one}. Now it is: {two}.</source>
        <translation>Das Urteil war: {one}. Jetzt ist es: {two}.</translation>
    </message>
    <message>
        <source>GPUs and RAM</source>
        <translation>GPUs und RAM</translation>
    </message>
    <message>
        <source>{words}, needs {band}</source>
        <translation>{words}, braucht {band}</translation>
    </message>
    <message>
        <source>Nothing that both files say is different.</source>
        <translation>Nichts, was beide Dateien sagen, ist verschieden.</translation>
    </message>
    <message>
        <source>The verdicts are different.</source>
        <translation>Die Urteile sind verschieden.</translation>
    </message>
    <message>
        <source>The verdict stays: {one}.</source>
        <translation>Das Urteil bleibt: {one}.</translation>
    </message>
    <message>
        <source>{pool_id}: free</source>
        <translation>{pool_id}: frei</translation>
    </message>
    <message>
        <source>{pool_id}: total</source>
        <translation>{pool_id}: gesamt</translation>
    </message>
    <message>
        <source>All memory together: {total} {more}, most of it in {largest_name}.</source>
        <translation>Speicher insgesamt: {total} {more}, das meiste in {largest_name}.</translation>
    </message>
    <message>
        <source>Different: {list}.</source>
        <translation>Verschieden: {list}.</translation>
    </message>
    <message>
        <source>a fit report</source>
        <translation>ein Bericht</translation>
    </message>
    <message>
        <source>an estimate</source>
        <translation>eine Schätzung</translation>
    </message>
    <message>
        <source>a check</source>
        <translation>eine Prüfung</translation>
    </message>
    <message>
        <source>a machine card</source>
        <translation>eine Rechnerkarte</translation>
    </message>
    <message>
        <source>a machine</source>
        <translation>ein Rechner</translation>
    </message>
    <message>
        <source>{file} cannot be compared: its schema is none of {known}. Reports, and what `--json` prints for estimate, check and devices, can be.</source>
        <translation>{file} lässt sich nicht vergleichen: sein Schema ist keines von {known}. Möglich sind Berichte und was `--json` für estimate, check und devices ausgibt.</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>die Vorgabe</translation>
    </message>
    <message>
        <source>{file} cannot be compared: {where} is not as our answers have it ({value}).</source>
        <translation>{file} lässt sich nicht vergleichen: {where} ist nicht so, wie unsere Antworten es haben ({value}).</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Query</translation>
    </message>
    <message>
        <source>rope factors</source>
        <translation>RoPE-Faktoren</translation>
    </message>
    <message>
        <source>scores of experts</source>
        <translation>Scores der Experten</translation>
    </message>
    <message>
        <source>shares of experts</source>
        <translation>Anteile der Experten</translation>
    </message>
    <message>
        <source>inner of experts</source>
        <translation>Inneres der Experten</translation>
    </message>
    <message>
        <source>hidden of experts</source>
        <translation>Verborgenes der Experten</translation>
    </message>
    <message>
        <source>{all}, {active} active</source>
        <translation>{all}, {active} aktiv</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>less</source>
        <translation>weniger</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Repacked weights</source>
        <translation>Umgepackte Gewichte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>Compute buffer</source>
        <translation>Compute-Puffer</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>Ausgabepuffer</translation>
    </message>
    <message>
        <source>Runtime overhead</source>
        <translation>Laufzeit-Overhead</translation>
    </message>
    <message>
        <source>Weights, {place}</source>
        <translation>Gewichte, {place}</translation>
    </message>
    <message>
        <source>Repacked weights, {place}</source>
        <translation>Umgepackte Gewichte, {place}</translation>
    </message>
    <message>
        <source>KV cache, {place}</source>
        <translation>KV-Cache, {place}</translation>
    </message>
    <message>
        <source>Compute buffer, {place}</source>
        <translation>Compute-Puffer, {place}</translation>
    </message>
    <message>
        <source>Output buffer, {place}</source>
        <translation>Ausgabepuffer, {place}</translation>
    </message>
    <message>
        <source>Runtime overhead, {place}</source>
        <translation>Laufzeit-Overhead, {place}</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>passt knapp</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>teils im RAM</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>cannot run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>{expected} GiB ({low} to {high})</source>
        <translation>{expected} GiB ({low} bis {high})</translation>
    </message>
    <message>
        <source>KV cache in published logs</source>
        <translation>KV-Cache in veröffentlichten Logs</translation>
    </message>
    <message>
        <source>KV cache, truncated models</source>
        <translation>KV-Cache, gekürzte Modelle</translation>
    </message>
    <message>
        <source>LoRA peak</source>
        <translation>LoRA-Spitze</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>activations, truncated models, bf16 on a CPU with AVX512-BF16</source>
        <translation>Aktivierungen, gekürzte Modelle, bf16 auf einer CPU mit AVX512-BF16</translation>
    </message>
    <message>
        <source>activations, truncated models, bf16 on a CPU without AVX512-BF16</source>
        <translation>Aktivierungen, gekürzte Modelle, bf16 auf einer CPU ohne AVX512-BF16</translation>
    </message>
    <message>
        <source>activations, truncated models, fp32 on a CPU</source>
        <translation>Aktivierungen, gekürzte Modelle, fp32 auf einer CPU</translation>
    </message>
    <message>
        <source>base and adapters</source>
        <translation>Basis und Adapter</translation>
    </message>
    <message>
        <source>compute buffer in published logs</source>
        <translation>Compute-Puffer in veröffentlichten Logs</translation>
    </message>
    <message>
        <source>compute buffer on each of several GPUs</source>
        <translation>Compute-Puffer auf jeder von mehreren GPUs</translation>
    </message>
    <message>
        <source>compute buffer on the CPU</source>
        <translation>Compute-Puffer auf der CPU</translation>
    </message>
    <message>
        <source>compute buffer on the GPU</source>
        <translation>Compute-Puffer auf der GPU</translation>
    </message>
    <message>
        <source>compute buffer on the GPU, experts in RAM</source>
        <translation>Compute-Puffer auf der GPU, Experten im RAM</translation>
    </message>
    <message>
        <source>compute buffer on the GPU, some layers in RAM</source>
        <translation>Compute-Puffer auf der GPU, einige Schichten im RAM</translation>
    </message>
    <message>
        <source>pinned buffer in RAM beside GPUs</source>
        <translation>Fest eingelagerter Puffer im RAM neben GPUs</translation>
    </message>
    <message>
        <source>published files, sizes rounded on the Hub</source>
        <translation>Veröffentlichte Dateien, auf dem Hub gerundet</translation>
    </message>
    <message>
        <source>published files, to the byte</source>
        <translation>Veröffentlichte Dateien, aufs Byte</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>weights, counted by its quantiser</source>
        <translation>Gewichte, vom Quantisierer gezählt</translation>
    </message>
    <message>
        <source>weights, truncated models</source>
        <translation>Gewichte, gekürzte Modelle</translation>
    </message>
    <message>
        <source>whole process</source>
        <translation>Ganzer Prozess</translation>
    </message>
    <message>
        <source>whole process on the CPU</source>
        <translation>Ganzer Prozess auf der CPU</translation>
    </message>
</context>
<context>
    <name>destinations</name>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>quant format</source>
        <translation>Quantformat</translation>
    </message>
    <message>
        <source>memory to fit into</source>
        <translation>Zielspeicher</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>was wäre, wenn</translation>
    </message>
</context>
<context>
    <name>diagram</name>
    <message>
        <source>Token embedding</source>
        <translation>Token-Embedding</translation>
    </message>
    <message>
        <source>{norm}</source>
        <translation>{norm}</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>Self-Attention</translation>
    </message>
    <message>
        <source>Window attention</source>
        <translation>Fenster-Attention</translation>
    </message>
    <message>
        <source>Full attention</source>
        <translation>Volle Attention</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>Cross-Attention</translation>
    </message>
    <message>
        <source>Mamba</source>
        <translation>Mamba</translation>
    </message>
    <message>
        <source>Gated memory</source>
        <translation>Gated Memory</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Final {norm}</source>
        <translation>Letzte {norm}</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>Ausgabekopf</translation>
    </message>
    <message>
        <source>window attention</source>
        <translation>Fenster-Attention</translation>
    </message>
    <message>
        <source>full attention</source>
        <translation>volle Attention</translation>
    </message>
    <message>
        <source>gated memory</source>
        <translation>Gated Memory</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>Cross-Attention</translation>
    </message>
    <message>
        <source>block-sparse</source>
        <translation>blockweise dünn</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>{model} at {format}</source>
        <translation>{model} in {format}</translation>
    </message>
    <message>
        <source>Colour: share of the {size} of weights</source>
        <translation>Farbe: Anteil an {size} Gewichten</translation>
    </message>
    <message>
        <source>Colour: share of the {count} parameters</source>
        <translation>Farbe: Anteil an {count} Parametern</translation>
    </message>
    <message>
        <source>{used} of {count} parameters are used for one token of text</source>
        <translation>Für ein Token Text werden {used} von {count} Parametern benutzt</translation>
    </message>
    <message>
        <source>No sizes are published</source>
        <translation>Keine Größen veröffentlicht</translation>
    </message>
    <message>
        <source>{model} is closed: neither its layers nor its weights are known.</source>
        <translation>{model} ist geschlossen: weder seine Schichten noch seine Gewichte sind bekannt.</translation>
    </message>
    <message>
        <source>&lt; 1 %</source>
        <translation>&lt; 1 %</translation>
    </message>
    <message>
        <source>1 – 5 %</source>
        <translation>1 – 5 %</translation>
    </message>
    <message>
        <source>5 – 20 %</source>
        <translation>5 – 20 %</translation>
    </message>
    <message>
        <source>20 – 40 %</source>
        <translation>20 – 40 %</translation>
    </message>
    <message>
        <source>&gt; 40 %</source>
        <translation>&gt; 40 %</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Tokens</translation>
    </message>
    <message>
        <source>up to {count}</source>
        <translation>bis {count}</translation>
    </message>
    <message>
        <source>one sequence of tokens</source>
        <translation>eine Folge von Tokens</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>Residuum</translation>
    </message>
    <message>
        <source>one of these in each layer</source>
        <translation>eine davon in jeder Schicht</translation>
    </message>
    <message>
        <source>× {count} layers</source>
        <translation>× {count} Schichten</translation>
    </message>
    <message>
        <source>each layer {parameters} · {size}</source>
        <translation>je Schicht {parameters} · {size}</translation>
    </message>
    <message>
        <source>a layer on average {parameters} · {size}</source>
        <translation>im Mittel je Schicht {parameters} · {size}</translation>
    </message>
    <message>
        <source>each layer {parameters}</source>
        <translation>je Schicht {parameters}</translation>
    </message>
    <message>
        <source>all {parameters} · {size}</source>
        <translation>alle {parameters} · {size}</translation>
    </message>
    <message>
        <source>all {parameters}</source>
        <translation>alle {parameters}</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>Schicht für Schicht</translation>
    </message>
    <message>
        <source>{parameters} · {size}</source>
        <translation>{parameters} · {size}</translation>
    </message>
    <message>
        <source>on {count} layers</source>
        <translation>in {count} Schichten</translation>
    </message>
    <message>
        <source>on 1 layer</source>
        <translation>in 1 Schicht</translation>
    </message>
    <message>
        <source>{heads} query · {kv_heads} key-value heads × {dim}</source>
        <translation>{heads} Query- · {kv_heads} Key-Value-Köpfe × {dim}</translation>
    </message>
    <message>
        <source>RoPE on {part} of {dim} dims</source>
        <translation>RoPE auf {part} von {dim} Dim.</translation>
    </message>
    <message>
        <source>RoPE on all {dim} dims</source>
        <translation>RoPE auf allen {dim} Dim.</translation>
    </message>
    <message>
        <source>no position encoding</source>
        <translation>keine Positionskodierung</translation>
    </message>
    <message>
        <source>window: {count} tokens</source>
        <translation>Fenster: {count} Tokens</translation>
    </message>
    <message>
        <source>block-sparse, 1 layer in {count} dense</source>
        <translation>blockweise dünn, 1 von {count} Schichten dicht</translation>
    </message>
    <message>
        <source>Q {heads} × {dim}</source>
        <translation>Q {heads} × {dim}</translation>
    </message>
    <message>
        <source>K {heads} × {dim}</source>
        <translation>K {heads} × {dim}</translation>
    </message>
    <message>
        <source>V {heads} × {dim}</source>
        <translation>V {heads} × {dim}</translation>
    </message>
    <message>
        <source>K, V {heads} × {dim}</source>
        <translation>K, V {heads} × {dim}</translation>
    </message>
    <message>
        <source>K, V of full attention</source>
        <translation>K, V der vollen Attention</translation>
    </message>
    <message>
        <source>softmax · V → output projection</source>
        <translation>Softmax · V → Ausgabeprojektion</translation>
    </message>
    <message>
        <source>differential softmax</source>
        <translation>differenzielles Softmax</translation>
    </message>
    <message>
        <source>softmax · V → output</source>
        <translation>Softmax · V → Ausgabe</translation>
    </message>
    <message>
        <source>{rows} × {columns}</source>
        <translation>{rows} × {columns}</translation>
    </message>
    <message>
        <source>one norm feeds both branches</source>
        <translation>eine Norm speist beide Zweige</translation>
    </message>
    <message>
        <source>{activation} gate, {count} matrices</source>
        <translation>{activation}-Gate, {count} Matrizen</translation>
    </message>
    <message>
        <source>{activation}, {count} matrices</source>
        <translation>{activation}, {count} Matrizen</translation>
    </message>
    <message>
        <source>{words}, with bias</source>
        <translation>{words}, mit Bias</translation>
    </message>
    <message>
        <source>gate and up {inputs} → 2 × {outputs}</source>
        <translation>gate und up {inputs} → 2 × {outputs}</translation>
    </message>
    <message>
        <source>gate {inputs} → {outputs}</source>
        <translation>gate {inputs} → {outputs}</translation>
    </message>
    <message>
        <source>up {inputs} → {outputs}</source>
        <translation>up {inputs} → {outputs}</translation>
    </message>
    <message>
        <source>down {inputs} → {outputs}</source>
        <translation>down {inputs} → {outputs}</translation>
    </message>
    <message>
        <source>chooses {used} of {count}</source>
        <translation>wählt {used} von {count}</translation>
    </message>
    <message>
        <source>{used} of {count} are used for a token</source>
        <translation>{used} von {count} werden für ein Token benutzt</translation>
    </message>
    <message>
        <source>each: gate, up {inputs} → {outputs}, down</source>
        <translation>je: gate, up {inputs} → {outputs}, down</translation>
    </message>
    <message>
        <source>state {state} · convolution {conv}</source>
        <translation>Zustand {state} · Faltung {conv}</translation>
    </message>
    <message>
        <source>in {inputs} → 2 × {outputs}</source>
        <translation>ein {inputs} → 2 × {outputs}</translation>
    </message>
    <message>
        <source>selective scan</source>
        <translation>selektiver Scan</translation>
    </message>
    <message>
        <source>out {inputs} → {outputs}</source>
        <translation>aus {inputs} → {outputs}</translation>
    </message>
    <message>
        <source>gates Mamba&apos;s memory</source>
        <translation>steuert Mambas Speicher</translation>
    </message>
    <message>
        <source>the token embedding again (tied)</source>
        <translation>noch einmal das Token-Embedding (gekoppelt)</translation>
    </message>
    <message>
        <source>{inputs} → {outputs}</source>
        <translation>{inputs} → {outputs}</translation>
    </message>
    <message>
        <source>{count} layers</source>
        <translation>{count} Schichten</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Rang {rank}</translation>
    </message>
    <message>
        <source>not in this file</source>
        <translation>nicht in dieser Datei</translation>
    </message>
    <message>
        <source>KV cache, per token ({cache_type})</source>
        <translation>KV-Cache, pro Token ({cache_type})</translation>
    </message>
    <message>
        <source>{formula} = {size}</source>
        <translation>{formula} = {size}</translation>
    </message>
    <message>
        <source>{layers} layers stop at {count} tokens</source>
        <translation>{layers} Schichten enden bei {count} Tokens</translation>
    </message>
    <message>
        <source>{layers} layers keep a state of fixed size</source>
        <translation>{layers} Schichten halten einen Zustand fester Größe</translation>
    </message>
    <message>
        <source>{title}: {facts}</source>
        <translation>{title}: {facts}</translation>
    </message>
    <message>
        <source>{parameters} parameters</source>
        <translation>{parameters} Parameter</translation>
    </message>
    <message>
        <source>{size}, {share} of the weights</source>
        <translation>{size}, {share} der Gewichte</translation>
    </message>
    <message>
        <source>{share} of the parameters</source>
        <translation>{share} der Parameter</translation>
    </message>
    <message>
        <source>in {count} layers</source>
        <translation>in {count} Schichten</translation>
    </message>
    <message>
        <source>no weights of its own</source>
        <translation>keine eigenen Gewichte</translation>
    </message>
    <message>
        <source>Block diagram of {model}: {blocks}.</source>
        <translation>Blockdiagramm von {model}: {blocks}.</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Released</source>
        <translation>Erschienen</translation>
    </message>
    <message>
        <source>About the release</source>
        <translation>Zum Erscheinen</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Licence before</source>
        <translation>Frühere Lizenz</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>Repository</translation>
    </message>
    <message>
        <source>Takes in</source>
        <translation>Nimmt an</translation>
    </message>
    <message>
        <source>Follows instructions</source>
        <translation>Folgt Anweisungen</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Size as marketed</source>
        <translation>Beworbene Größe</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Active for a token</source>
        <translation>Aktiv für ein Token</translation>
    </message>
    <message>
        <source>Parameters, derived</source>
        <translation>Parameter, hergeleitet</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>Training tokens</source>
        <translation>Trainings-Tokens</translation>
    </message>
    <message>
        <source>Training compute</source>
        <translation>Trainingsaufwand</translation>
    </message>
    <message>
        <source>Knowledge until</source>
        <translation>Wissen bis</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>Veröffentlicht in</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>GGUF header, bytes</source>
        <translation>GGUF-Kopf, Bytes</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>Benchmarks</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Embedding length</source>
        <translation>Embedding-Länge</translation>
    </message>
    <message>
        <source>Feed-forward length</source>
        <translation>Feed-Forward-Länge</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>Aufmerksamkeitsköpfe</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV-Köpfe</translation>
    </message>
    <message>
        <source>Head dimension</source>
        <translation>Kopfdimension</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Embedding is the head too</source>
        <translation>Embedding ist auch der Kopf</translation>
    </message>
    <message>
        <source>Rotated values of a head</source>
        <translation>Rotierte Werte eines Kopfs</translation>
    </message>
    <message>
        <source>Context limit</source>
        <translation>Kontextgrenze</translation>
    </message>
    <message>
        <source>Positions in the config</source>
        <translation>Positionen in der Config</translation>
    </message>
    <message>
        <source>RoPE theta</source>
        <translation>RoPE-Theta</translation>
    </message>
    <message>
        <source>Longrope factors</source>
        <translation>Longrope-Faktoren</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>Gleitendes Fenster</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Experts for a token</source>
        <translation>Experten für ein Token</translation>
    </message>
    <message>
        <source>State dimension</source>
        <translation>Zustandsdimension</translation>
    </message>
    <message>
        <source>Convolution width</source>
        <translation>Faltungsbreite</translation>
    </message>
    <message>
        <source>Inner dimension</source>
        <translation>Innere Dimension</translation>
    </message>
    <message>
        <source>Time step rank</source>
        <translation>Rang des Zeitschritts</translation>
    </message>
    <message>
        <source>Mamba layers</source>
        <translation>Mamba-Schichten</translation>
    </message>
    <message>
        <source>Layers with a window</source>
        <translation>Schichten mit Fenster</translation>
    </message>
    <message>
        <source>Layers with full attention</source>
        <translation>Schichten mit voller Attention</translation>
    </message>
    <message>
        <source>Gated memory layers</source>
        <translation>Gated-Memory-Schichten</translation>
    </message>
    <message>
        <source>Cross-attention layers</source>
        <translation>Cross-Attention-Schichten</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>In the block</source>
        <translation>Im Block</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>About the window</source>
        <translation>Zum Fenster</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>Feed-Forward</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Aktivierung</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>Norm-Epsilon</translation>
    </message>
    <message>
        <source>Bias in attention</source>
        <translation>Bias in der Attention</translation>
    </message>
    <message>
        <source>Bias in feed-forward</source>
        <translation>Bias im Feed-Forward</translation>
    </message>
    <message>
        <source>Bias in the head</source>
        <translation>Bias im Kopf</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
</context>
<context>
    <name>figure_words</name>
    <message>
        <source>Memory needed</source>
        <translation>Speicherbedarf</translation>
    </message>
    <message>
        <source>Largest context</source>
        <translation>Größter Kontext</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Tokens/Sekunde</translation>
    </message>
    <message>
        <source>Share of target</source>
        <translation>Anteil am Ziel</translation>
    </message>
    <message>
        <source>What each model needs in each format at the chosen context, in {unit}</source>
        <translation>Was jedes Modell in jedem Format beim gewählten Kontext braucht, in {unit}</translation>
    </message>
    <message>
        <source>The longest context that fits wholly on the target; ~ stands before one that is not promised</source>
        <translation>Der längste Kontext, der ganz auf das Ziel passt; ~ steht vor einem, der nicht zugesichert ist</translation>
    </message>
    <message>
        <source>How fast one sequence is generated at the chosen context: modelled from the memory&apos;s bandwidth, not measured</source>
        <translation>Wie schnell eine Sequenz beim gewählten Kontext erzeugt wird: aus der Speicherbandbreite modelliert, nicht gemessen</translation>
    </message>
    <message>
        <source>What each model needs, as a share of what is free on the target</source>
        <translation>Was jedes Modell braucht, als Anteil dessen, was auf dem Ziel frei ist</translation>
    </message>
    <message>
        <source>{unit} needed at up to {tokens}</source>
        <translation>{unit} benötigt bei bis zu {tokens}</translation>
    </message>
    <message>
        <source>{unit} needed at {tokens}</source>
        <translation>{unit} benötigt bei {tokens}</translation>
    </message>
    <message>
        <source>Largest context, k = 1,024 tokens</source>
        <translation>Größter Kontext, k = 1.024 Tokens</translation>
    </message>
    <message>
        <source>Tokens/s at {tokens}, modelled</source>
        <translation>Tokens/s bei {tokens}, modelliert</translation>
    </message>
    <message>
        <source>Share of what is free, at {tokens}</source>
        <translation>Anteil am freien Speicher bei {tokens}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Contexts and speeds are worked out for models of the catalogue, not for files.</source>
        <translation>Kontexte und Geschwindigkeiten werden für Modelle des Katalogs berechnet, nicht für Dateien.</translation>
    </message>
    <message>
        <source>About {rate} tokens per second, modelled</source>
        <translation>Etwa {rate} Tokens pro Sekunde, modelliert</translation>
    </message>
    <message>
        <source>Fits with a context of up to {tokens}</source>
        <translation>Passt mit einem Kontext bis {tokens}</translation>
    </message>
    <message>
        <source>May fit with a context of up to {tokens}; none is promised</source>
        <translation>Passt vielleicht mit einem Kontext bis {tokens}; zugesichert ist keiner</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>Tokens pro Sekunde</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>&gt; {percent} %</source>
        <translation>&gt; {percent} %</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Open a saved answer</source>
        <translation>Gespeicherte Antwort öffnen</translation>
    </message>
    <message>
        <source>Reports and answers</source>
        <translation>Berichte und Antworten</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Export comparison</source>
        <translation>Vergleich exportieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Models, configs, machine cards, logs</source>
        <translation>Modelle, Configs, Rechnerkarten, Logs</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>SVG (*.svg)</source>
        <translation>SVG (*.svg)</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <source>Open machine card</source>
        <translation>Rechnerkarte öffnen</translation>
    </message>
    <message>
        <source>Machine cards</source>
        <translation>Rechnerkarten</translation>
    </message>
</context>
<context>
    <name>grid_copy</name>
    <message>
        <source>Own file</source>
        <translation>Eigene Datei</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>{quant_format} ({unit})</source>
        <translation>{quant_format} ({unit})</translation>
    </message>
    <message>
        <source>{quant_format} verdict</source>
        <translation>{quant_format}, Urteil</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>option_rows</name>
    <message>
        <source>Layers on the GPU</source>
        <translation>Schichten auf der GPU</translation>
    </message>
    <message>
        <source>How many layers the GPU holds (-ngl); the others stay in RAM. Automatic is as many as fit.</source>
        <translation>Wie viele Schichten die GPU hält (-ngl); die übrigen bleiben im RAM. Automatisch heißt: so viele, wie passen.</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Layers with experts in RAM</source>
        <translation>Schichten mit Experten im RAM</translation>
    </message>
    <message>
        <source>In so many of the first layers the experts&apos; weights stay in RAM (--n-cpu-moe). Models without experts do not care.</source>
        <translation>In so vielen der ersten Schichten bleiben die Gewichte der Experten im RAM (--n-cpu-moe). Modelle ohne Experten betrifft das nicht.</translation>
    </message>
    <message>
        <source>Several GPUs</source>
        <translation>Mehrere GPUs</translation>
    </message>
    <message>
        <source>Whether one GPU holds the model, or its layers are spread (-sm).</source>
        <translation>Ob eine GPU das Modell hält oder seine Schichten verteilt werden (-sm).</translation>
    </message>
    <message>
        <source>one GPU</source>
        <translation>eine GPU</translation>
    </message>
    <message>
        <source>layers over all</source>
        <translation>Schichten über alle</translation>
    </message>
    <message>
        <source>Shares of the GPUs</source>
        <translation>Anteile der GPUs</translation>
    </message>
    <message>
        <source>The part of each GPU, such as 3,1 (-ts), where layers are spread. Empty: by what is free.</source>
        <translation>Der Teil jeder GPU, etwa 3,1 (-ts), wo Schichten verteilt werden. Leer: nach freiem Speicher.</translation>
    </message>
    <message>
        <source>Rearranged copy on the CPU</source>
        <translation>Umgepackte Kopie auf der CPU</translation>
    </message>
    <message>
        <source>A CPU with AVX2 keeps a second, rearranged copy of some weights and reads prompts faster; off is --no-repack.</source>
        <translation>Eine CPU mit AVX2 hält eine zweite, umgepackte Kopie mancher Gewichte und liest Prompts schneller; aus heißt --no-repack.</translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>Takes less memory in long contexts (-fa); a quantised cache of values needs it.</source>
        <translation>Braucht bei langen Kontexten weniger Speicher (-fa); ein quantisierter Werte-Cache setzt es voraus.</translation>
    </message>
    <message>
        <source>Type of cached values</source>
        <translation>Typ der Werte im Cache</translation>
    </message>
    <message>
        <source>How the values of past tokens are stored (-ctv). The KV cache above the grid sets keys and values; here the values can differ.</source>
        <translation>Wie die Werte vergangener Tokens gespeichert werden (-ctv). Der KV-Cache über der Tabelle setzt Schlüssel und Werte; hier können die Werte abweichen.</translation>
    </message>
    <message>
        <source>One cache for all sequences</source>
        <translation>Ein Cache für alle Sequenzen</translation>
    </message>
    <message>
        <source>Parallel sequences share one cache instead of a part each (--kv-unified).</source>
        <translation>Parallele Sequenzen teilen sich einen Cache, statt je einen Teil zu haben (--kv-unified).</translation>
    </message>
    <message>
        <source>The most tokens of a prompt handed over at once (-b).</source>
        <translation>Die meisten Tokens eines Prompts, die auf einmal übergeben werden (-b).</translation>
    </message>
    <message>
        <source>Micro-batch size</source>
        <translation>Micro-Batch-Größe</translation>
    </message>
    <message>
        <source>The most tokens computed at once (-ub); the compute buffer grows with it.</source>
        <translation>Die meisten Tokens, die auf einmal berechnet werden (-ub); der Compute-Puffer wächst mit.</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>llama-server and llama-cli reserve logits for one token a sequence; other programs on the library for every token of a micro-batch.</source>
        <translation>llama-server und llama-cli reservieren Logits für ein Token je Sequenz; andere Programme auf der Bibliothek für jedes Token eines Micro-Batches.</translation>
    </message>
    <message>
        <source>llama-server</source>
        <translation>llama-server</translation>
    </message>
    <message>
        <source>the library</source>
        <translation>die Bibliothek</translation>
    </message>
    <message>
        <source>Quantised with</source>
        <translation>Quantisiert mit</translation>
    </message>
    <message>
        <source>The generation of llama.cpp&apos;s quantiser that made the file; older ones chose other types for some tensors.</source>
        <translation>Die Generation des llama.cpp-Quantisierers, der die Datei gemacht hat; ältere wählten für manche Tensoren andere Typen.</translation>
    </message>
    <message>
        <source>today&apos;s rules</source>
        <translation>heutige Regeln</translation>
    </message>
    <message>
        <source>rules of May 2024</source>
        <translation>Regeln vom Mai 2024</translation>
    </message>
    <message>
        <source>rules of 2023</source>
        <translation>Regeln von 2023</translation>
    </message>
    <message>
        <source>Tensors stored</source>
        <translation>Tensoren gespeichert</translation>
    </message>
    <message>
        <source>How the converter stored q, k, v and gate, up: as the checkpoint has them, joined, or apart.</source>
        <translation>Wie der Konverter q, k, v und gate, up gespeichert hat: wie im Checkpoint, verbunden oder getrennt.</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>wie veröffentlicht</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>apart</source>
        <translation>getrennt</translation>
    </message>
    <message>
        <source>Importance matrix</source>
        <translation>Importance-Matrix</translation>
    </message>
    <message>
        <source>Whether the file was quantised with an importance matrix, which changes the types of a few tensors.</source>
        <translation>Ob mit einer Importance-Matrix quantisiert wurde, die die Typen weniger Tensoren ändert.</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>A fused kernel, or one that keeps every score of the prompt in memory.</source>
        <translation>Ein verschmolzener Kernel oder einer, der jeden Score des Prompts im Speicher hält.</translation>
    </message>
    <message>
        <source>fused (sdpa)</source>
        <translation>verschmolzen (sdpa)</translation>
    </message>
    <message>
        <source>plain (eager)</source>
        <translation>einfach (eager)</translation>
    </message>
    <message>
        <source>Kind of cache</source>
        <translation>Art des Caches</translation>
    </message>
    <message>
        <source>One that grows with each token, or of full length at the start.</source>
        <translation>Einer, der mit jedem Token wächst, oder von Anfang an in voller Länge.</translation>
    </message>
    <message>
        <source>grows</source>
        <translation>wächst</translation>
    </message>
    <message>
        <source>full length</source>
        <translation>volle Länge</translation>
    </message>
    <message>
        <source>Share of the GPU&apos;s memory</source>
        <translation>Anteil am GPU-Speicher</translation>
    </message>
    <message>
        <source>What vLLM takes of the card at its start (--gpu-memory-utilization).</source>
        <translation>Was vLLM beim Start von der Karte nimmt (--gpu-memory-utilization).</translation>
    </message>
    <message>
        <source>Most sequences at once</source>
        <translation>Meiste Sequenzen zugleich</translation>
    </message>
    <message>
        <source>How many requests one step serves at most (--max-num-seqs).</source>
        <translation>Wie viele Anfragen ein Schritt höchstens bedient (--max-num-seqs).</translation>
    </message>
    <message>
        <source>The most tokens of one step (--max-num-batched-tokens).</source>
        <translation>Die meisten Tokens eines Schritts (--max-num-batched-tokens).</translation>
    </message>
    <message>
        <source>GPUs for each layer</source>
        <translation>GPUs für jede Schicht</translation>
    </message>
    <message>
        <source>Cards that share every layer (--tensor-parallel-size); figures are of one.</source>
        <translation>Karten, die sich jede Schicht teilen (--tensor-parallel-size); die Zahlen gelten für eine.</translation>
    </message>
    <message>
        <source>Without CUDA graphs</source>
        <translation>Ohne CUDA-Graphen</translation>
    </message>
    <message>
        <source>Saves the graphs&apos; memory and costs speed (--enforce-eager).</source>
        <translation>Spart den Speicher der Graphen und kostet Tempo (--enforce-eager).</translation>
    </message>
    <message>
        <source>Maximum length</source>
        <translation>Maximale Länge</translation>
    </message>
    <message>
        <source>Tokens that the cache is made for (max_length), no fewer than the context.</source>
        <translation>Tokens, für die der Cache angelegt wird (max_length), nicht weniger als der Kontext.</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>Chunk-Größe</translation>
    </message>
    <message>
        <source>Tokens of the prompt that are read at once (chunk_size).</source>
        <translation>Tokens des Prompts, die auf einmal gelesen werden (chunk_size).</translation>
    </message>
    <message>
        <source>the whole prompt</source>
        <translation>der ganze Prompt</translation>
    </message>
    <message>
        <source>Prompt length</source>
        <translation>Prompt-Länge</translation>
    </message>
    <message>
        <source>Tokens that are read in one go; working memory is reserved for them.</source>
        <translation>Tokens, die in einem Zug gelesen werden; für sie wird Arbeitsspeicher reserviert.</translation>
    </message>
    <message>
        <source>as the context</source>
        <translation>wie der Kontext</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batch-Größe</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>receipt</name>
    <message>
        <source>{model} in {quant_format} with {tokens}, as {program} ran it</source>
        <translation>{model} in {quant_format} mit {tokens}, wie {program} es ausgeführt hat</translation>
    </message>
    <message>
        <source>Log against prediction</source>
        <translation>Log und Vorhersage</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>{part} · {devices}</source>
        <translation>{part} · {devices}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>{size} ({percent} %)</source>
        <translation>{size} ({percent} %)</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>PDF, to print and attach</source>
        <translation>PDF, zum Drucken und Anhängen</translation>
    </message>
    <message>
        <source>HTML, one page for a browser</source>
        <translation>HTML, eine Seite für den Browser</translation>
    </message>
    <message>
        <source>Markdown, for a ticket</source>
        <translation>Markdown, für ein Ticket</translation>
    </message>
    <message>
        <source>JSON, for programs</source>
        <translation>JSON, für Programme</translation>
    </message>
    <message>
        <source>CSV, for a spreadsheet</source>
        <translation>CSV, für Tabellenkalkulationen</translation>
    </message>
    <message>
        <source>SVG, one picture</source>
        <translation>SVG, ein Bild</translation>
    </message>
    <message>
        <source>PNG, one picture</source>
        <translation>PNG, ein Bild</translation>
    </message>
    <message>
        <source>This plan</source>
        <translation>Dieser Plan</translation>
    </message>
    <message>
        <source>This model, every format</source>
        <translation>Dieses Modell, jedes Format</translation>
    </message>
    <message>
        <source>All models, every format</source>
        <translation>Alle Modelle, jedes Format</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>Memory, line by line</source>
        <translation>Speicher, Zeile für Zeile</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory against context</source>
        <translation>Speicher nach Kontext</translation>
    </message>
    <message>
        <source>Longest contexts</source>
        <translation>Längste Kontexte</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>Seite {number} von {count}</translation>
    </message>
    <message>
        <source>Shown on paper. A browser shows the same content as wide as its window, in light or dark as the system is.</source>
        <translation>Auf Papier gezeigt. Ein Browser zeigt denselben Inhalt so breit wie sein Fenster, hell oder dunkel wie das System.</translation>
    </message>
    <message>
        <source>A picture is of this plan.</source>
        <translation>Ein Bild zeigt diesen Plan.</translation>
    </message>
    <message>
        <source>Your own file leads no report: choose a model of the catalogue for that.</source>
        <translation>Eine eigene Datei führt keinen Bericht an: dafür ein Modell des Katalogs wählen.</translation>
    </message>
    <message>
        <source>There is no picture: nothing can be said of this plan.</source>
        <translation>Es gibt kein Bild: zu diesem Plan lässt sich nichts sagen.</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} Seiten</translation>
    </message>
</context>
<context>
    <name>row_filter</name>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>knapp</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>moe</source>
        <translation>moe</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>bild</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>sprache</translation>
    </message>
</context>
<context>
    <name>run</name>
    <message>
        <source>transformers (Python)</source>
        <translation>transformers (Python)</translation>
    </message>
    <message>
        <source>onnxruntime-genai (Python)</source>
        <translation>onnxruntime-genai (Python)</translation>
    </message>
    <message>
        <source>sh, bash or zsh</source>
        <translation>sh, bash oder zsh</translation>
    </message>
    <message>
        <source>Python program for {tool}</source>
        <translation>Python-Programm für {tool}</translation>
    </message>
    <message>
        <source>Command for {tool}</source>
        <translation>Befehl für {tool}</translation>
    </message>
    <message>
        <source>The size of the file is not known.</source>
        <translation>Die Größe der Datei ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The file takes {size}; how much the disk has free is not known.</source>
        <translation>Die Datei braucht {size}; wie viel auf dem Datenträger frei ist, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The file takes {size}; {free} are free on the disk.</source>
        <translation>Die Datei braucht {size}; auf dem Datenträger sind {free} frei.</translation>
    </message>
    <message>
        <source>The file takes {size}, but only {free} are free on the disk.</source>
        <translation>Die Datei braucht {size}, aber auf dem Datenträger sind nur {free} frei.</translation>
    </message>
    <message>
        <source>{file} by {publisher}</source>
        <translation>{file} von {publisher}</translation>
    </message>
    <message>
        <source>{bytes} bytes ({size}); {ours}</source>
        <translation>{bytes} Bytes ({size}); {ours}</translation>
    </message>
    <message>
        <source>{rounded} GB as published ({size}); {ours}</source>
        <translation>{rounded} GB laut Anbieter ({size}); {ours}</translation>
    </message>
    <message>
        <source>ours is the same to the byte</source>
        <translation>unsere ist aufs Byte gleich</translation>
    </message>
    <message>
        <source>ours is within 0.005 %</source>
        <translation>unsere ist auf 0,005 % gleich</translation>
    </message>
    <message>
        <source>ours is {percent} % smaller</source>
        <translation>unsere ist {percent} % kleiner</translation>
    </message>
    <message>
        <source>ours is {percent} % larger</source>
        <translation>unsere ist {percent} % größer</translation>
    </message>
</context>
<context>
    <name>sheet</name>
    <message>
        <source>Release and licence</source>
        <translation>Veröffentlichung und Lizenz</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>How it is built</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Beside the text model</source>
        <translation>Neben dem Textmodell</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>Laufzeiten</translation>
    </message>
    <message>
        <source>Checkpoint and downloads</source>
        <translation>Checkpoint und Downloads</translation>
    </message>
    <message>
        <source>Counted here from the named tensors.</source>
        <translation>Hier aus den benannten Tensoren gezählt.</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} Parameter</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nicht veröffentlicht</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>runs it</source>
        <translation>führt es aus</translation>
    </message>
    <message>
        <source>runs its text part</source>
        <translation>führt seinen Textteil aus</translation>
    </message>
    <message>
        <source>does not run it</source>
        <translation>führt es nicht aus</translation>
    </message>
    <message>
        <source>Another source says: {other}. {why}</source>
        <translation>Eine andere Quelle sagt: {other}. {why}</translation>
    </message>
    <message>
        <source>Benchmarks, as published</source>
        <translation>Benchmarks, wie veröffentlicht</translation>
    </message>
    <message>
        <source>Published files</source>
        <translation>Veröffentlichte Dateien</translation>
    </message>
    <message>
        <source>Their size, and how far ours for such a file is from it.</source>
        <translation>Ihre Größe und wie weit unsere für eine solche Datei davon entfernt ist.</translation>
    </message>
    <message>
        <source>Rounded by its publisher; ours is within {percent} %.</source>
        <translation>Vom Anbieter gerundet; unsere liegt innerhalb von {percent} %.</translation>
    </message>
    <message>
        <source>{size} bytes more than ours.</source>
        <translation>{size} Bytes mehr als unsere.</translation>
    </message>
    <message>
        <source>{size} bytes less than ours.</source>
        <translation>{size} Bytes weniger als unsere.</translation>
    </message>
    <message>
        <source>Ours is the same to the byte.</source>
        <translation>Unsere ist aufs Byte gleich.</translation>
    </message>
    <message>
        <source>{size} bytes · {gib}</source>
        <translation>{size} Bytes · {gib}</translation>
    </message>
    <message>
        <source>{quant_format}, {publisher}</source>
        <translation>{quant_format}, {publisher}</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>Nachprüfbarkeit</translation>
    </message>
    <message>
        <source>Published facts, whose sources stand above, and what we checked ourselves. There is no score.</source>
        <translation>Veröffentlichte Fakten, deren Quellen oben stehen, und was wir selbst geprüft haben. Eine Punktzahl gibt es nicht.</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}: {value}</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Rechenaufwand</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Versioning</source>
        <translation>Versionierung</translation>
    </message>
    <message>
        <source>Check: file sizes</source>
        <translation>Prüfung: Dateigrößen</translation>
    </message>
    <message>
        <source>Equal to the byte: {ours} of {theirs}. Within 0.005 %: {near} of {theirs}.</source>
        <translation>Aufs Byte gleich: {ours} von {theirs}. Innerhalb von 0,005 %: {near} von {theirs}.</translation>
    </message>
    <message>
        <source>Check: parameters</source>
        <translation>Prüfung: Parameter</translation>
    </message>
    <message>
        <source>Check: active parameters</source>
        <translation>Prüfung: aktive Parameter</translation>
    </message>
    <message>
        <source>Derived from the shape {ours}, published {theirs}.</source>
        <translation>Aus der Form hergeleitet {ours}, veröffentlicht {theirs}.</translation>
    </message>
    <message>
        <source>Memory at {tokens}</source>
        <translation>Speicher bei {tokens}</translation>
    </message>
    <message>
        <source>{publisher} says {size}, read on {day}</source>
        <translation>{publisher} sagt {size}, gelesen am {day}</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>Was andere sagen</translation>
    </message>
    <message>
        <source>Quoted, not checked.</source>
        <translation>Zitiert, nicht geprüft.</translation>
    </message>
    <message>
        <source>Sources differ</source>
        <translation>Quellen widersprechen sich</translation>
    </message>
    <message>
        <source>Not certain</source>
        <translation>Nicht sicher</translation>
    </message>
    <message>
        <source>Further sources</source>
        <translation>Weitere Quellen</translation>
    </message>
</context>
<context>
    <name>speed</name>
    <message>
        <source>modelled, not measured</source>
        <translation>modelliert, nicht gemessen</translation>
    </message>
    <message>
        <source>{rates} tokens per second</source>
        <translation>{rates} Tokens pro Sekunde</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>Limited by memory bandwidth: each token reads all the weights that it uses and the cache. {rates}; programs reach {low} to {high} % of it.</source>
        <translation>Durch die Speicherbandbreite begrenzt: jedes Token liest alle benutzten Gewichte und den Cache. {rates}; Programme erreichen davon {low} bis {high} %.</translation>
    </message>
    <message>
        <source>Limited by compute, or by reading the weights where a prompt is short. {rates}; programs reach {low} to {high} % of it.</source>
        <translation>Durch die Rechenleistung begrenzt oder, bei kurzem Prompt, durch das Lesen der Gewichte. {rates}; Programme erreichen davon {low} bis {high} %.</translation>
    </message>
    <message>
        <source>{pool}: {rate} GB/s</source>
        <translation>{pool}: {rate} GB/s</translation>
    </message>
    <message>
        <source>{pool}: {rate} TFLOPS in FP16</source>
        <translation>{pool}: {rate} TFLOPS in FP16</translation>
    </message>
</context>
<context>
    <name>stacked_bar</name>
    <message>
        <source>{part} {size}</source>
        <translation>{part} {size}</translation>
    </message>
    <message>
        <source>Held by others {size}</source>
        <translation>Von anderen belegt {size}</translation>
    </message>
    <message>
        <source>Left free {size}</source>
        <translation>Bleibt frei {size}</translation>
    </message>
    <message>
        <source>May need {size} more</source>
        <translation>Vielleicht {size} mehr</translation>
    </message>
    <message>
        <source>Too much by {size}</source>
        <translation>{size} zu viel</translation>
    </message>
    <message>
        <source>Reserve {size}</source>
        <translation>Reserve {size}</translation>
    </message>
    <message>
        <source>Capacity {size}</source>
        <translation>Kapazität {size}</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>&lt; {least} {unit}</source>
        <translation>&lt; {least} {unit}</translation>
    </message>
    <message>
        <source>{size} {unit}</source>
        <translation>{size} {unit}</translation>
    </message>
    <message>
        <source>{range} {unit}</source>
        <translation>{range} {unit}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} Tokens</translation>
    </message>
    <message>
        <source>yyyy-MM-dd</source>
        <translation>dd.MM.yyyy</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Repacked weights</source>
        <translation>Umgepackte Gewichte</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>Compute buffer</source>
        <translation>Compute-Puffer</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>Ausgabepuffer</translation>
    </message>
    <message>
        <source>Runtime overhead</source>
        <translation>Laufzeit-Overhead</translation>
    </message>
    <message>
        <source>On the GPU</source>
        <translation>Auf der GPU</translation>
    </message>
    <message>
        <source>In RAM</source>
        <translation>Im RAM</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>fits, tight</source>
        <translation>passt knapp</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>teils im RAM</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>nicht unterstützt</translation>
    </message>
    <message>
        <source>Not supported: {reason}</source>
        <translation>Nicht unterstützt: {reason}</translation>
    </message>
    <message>
        <source>Not known: {reason}</source>
        <translation>Nicht bekannt: {reason}</translation>
    </message>
    <message>
        <source>Does not fit: {reason}</source>
        <translation>Passt nicht: {reason}</translation>
    </message>
    <message>
        <source>about {count}</source>
        <translation>etwa {count}</translation>
    </message>
    <message>
        <source>{name} · RAM</source>
        <translation>{name} · RAM</translation>
    </message>
    <message>
        <source>unified memory</source>
        <translation>gemeinsamer Speicher</translation>
    </message>
    <message>
        <source>CUDA {version}</source>
        <translation>CUDA {version}</translation>
    </message>
    <message>
        <source>{speed} GB/s</source>
        <translation>{speed} GB/s</translation>
    </message>
    <message>
        <source>{program}: {size}</source>
        <translation>{program}: {size}</translation>
    </message>
    <message>
        <source>and {count} more programs</source>
        <translation>und {count} weitere Programme</translation>
    </message>
    <message>
        <source>not this computer</source>
        <translation>nicht dieser Rechner</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>Größe nicht bekannt</translation>
    </message>
    <message>
        <source>{total}, free not known</source>
        <translation>{total}, frei nicht bekannt</translation>
    </message>
    <message>
        <source>{free} free, total not known</source>
        <translation>{free} frei, Gesamtgröße nicht bekannt</translation>
    </message>
    <message>
        <source>{free} available of {total}</source>
        <translation>{free} von {total} verfügbar</translation>
    </message>
    <message>
        <source>{free} free of {total}</source>
        <translation>{free} von {total} frei</translation>
    </message>
    <message>
        <source>Fits in RAM: needs {needed} of {free} {unit} available</source>
        <translation>Passt in den RAM: braucht {needed} von {free} {unit} verfügbar</translation>
    </message>
    <message>
        <source>Fits: needs {needed} of {free} {unit} free</source>
        <translation>Passt: braucht {needed} von {free} {unit} frei</translation>
    </message>
    <message>
        <source>Fits: needs {needed} of {share} {unit} that the runtime takes</source>
        <translation>Passt: braucht {needed} von {share} {unit}, die die Laufzeit nimmt</translation>
    </message>
    <message>
        <source>Does not fit: needs {needed} of {share} {unit} that the runtime takes</source>
        <translation>Passt nicht: braucht {needed} von {share} {unit}, die die Laufzeit nimmt</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {share} {unit} that the runtime takes, and may need {high}</source>
        <translation>Passt knapp: braucht {needed} von {share} {unit}, die die Laufzeit nimmt, vielleicht {high}</translation>
    </message>
    <message>
        <source>Fits, tight: the runtime takes {share} of {free} {unit} free; the reserve is {reserve}</source>
        <translation>Passt knapp: die Laufzeit nimmt {share} von {free} {unit} frei; die Reserve ist {reserve}</translation>
    </message>
    <message>
        <source>Part in RAM: {layers} of {all_layers} layers on the GPU; all would need {needed}, {free} {unit} are free</source>
        <translation>Teils im RAM: {layers} von {all_layers} Schichten auf der GPU; alle bräuchten {needed}, frei sind {free} {unit}</translation>
    </message>
    <message>
        <source>Part in RAM: {layers} of {all_layers} layers on the GPU, which need {needed} of {free} {unit} free</source>
        <translation>Teils im RAM: {layers} von {all_layers} Schichten auf der GPU, die {needed} von {free} {unit} frei brauchen</translation>
    </message>
    <message>
        <source>Does not fit: needs {needed} {unit}, {free} {unit} are free</source>
        <translation>Passt nicht: braucht {needed} {unit}, {free} {unit} sind frei</translation>
    </message>
    <message>
        <source>Does not fit: the GPU has room, but RAM is short for the part beside it</source>
        <translation>Passt nicht: die GPU hat Platz, aber der RAM ist für den Teil daneben zu knapp</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free, and may need {high}</source>
        <translation>Passt knapp: braucht {needed} von {free} {unit} frei, vielleicht {high}</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} to {high} of {free} {unit} free; the reserve is {reserve}</source>
        <translation>Passt knapp: braucht {needed} bis {high} von {free} {unit} frei; die Reserve ist {reserve}</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free; what RAM beside it has free is not known</source>
        <translation>Passt knapp: braucht {needed} von {free} {unit} frei; was der RAM daneben frei hat, ist nicht bekannt</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free, but RAM beside it is short</source>
        <translation>Passt knapp: braucht {needed} von {free} {unit} frei, aber der RAM daneben ist knapp</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free</source>
        <translation>Passt knapp: braucht {needed} von {free} {unit} frei</translation>
    </message>
</context>
</TS>
