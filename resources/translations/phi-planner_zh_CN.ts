<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Phi Planner</source>
        <translation>关于 Phi Planner</translation>
    </message>
    <message>
        <source>Will this Microsoft Phi model run on this computer?</source>
        <translation>这个 Microsoft Phi 模型能在这台电脑上运行吗？</translation>
    </message>
    <message>
        <source>MIT licence. The typeface is a subset of Inter under the SIL Open Font License. Qt is used under the LGPL 3.</source>
        <translation>MIT 许可证。字体是 Inter 的子集，采用 SIL Open Font License。Qt 按 LGPL 3 使用。</translation>
    </message>
    <message>
        <source>&amp;Copy versions</source>
        <translation>复制版本信息(&amp;C)</translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <source>The worst of each kind. Above zero more is planned for than is needed.</source>
        <translation>各类中误差最大的。大于零表示规划值高于实际所需。</translation>
    </message>
</context>
<context>
    <name>AdvicePage</name>
    <message>
        <source>To make room</source>
        <translation>腾出空间</translation>
    </message>
    <message>
        <source>Other hardware</source>
        <translation>其他硬件</translation>
    </message>
</context>
<context>
    <name>AdviceRow</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Apply: {change}</source>
        <translation>应用：{change}</translation>
    </message>
</context>
<context>
    <name>ArchitecturePage</name>
    <message>
        <source>Blocks and tensors</source>
        <translation>模块与张量</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show the whole diagram (0)</source>
        <translation>显示整张图 (0)</translation>
    </message>
    <message>
        <source>All blocks; a click or Enter keeps one here</source>
        <translation>所有模块；单击或按 Enter 可固定一个</translation>
    </message>
</context>
<context>
    <name>BackgroundTask</name>
    <message>
        <source>Something went wrong. The log has the details.</source>
        <translation>出了问题。详情见日志。</translation>
    </message>
</context>
<context>
    <name>BlockTableModel</name>
    <message>
        <source>Block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>{name}, layers {layers}</source>
        <translation>{name}，第 {layers} 层</translation>
    </message>
</context>
<context>
    <name>ChartSection</name>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Table: {chart}</source>
        <translation>表格：{chart}</translation>
    </message>
    <message>
        <source>Save picture: {chart}</source>
        <translation>保存图片：{chart}</translation>
    </message>
</context>
<context>
    <name>CodeBox</name>
    <message>
        <source>Copy: {what}</source>
        <translation>复制：{what}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Only what differs</source>
        <translation>仅显示不同项</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Nothing is set side by side yet: choose a cell and add it.</source>
        <translation>还没有可比较的内容：请选择一个单元格并添加。</translation>
    </message>
    <message>
        <source>One plan so far: choose another cell and add it too.</source>
        <translation>目前只有一个方案：再选一个单元格并添加。</translation>
    </message>
</context>
<context>
    <name>ComparisonWindow</name>
    <message>
        <source>Compare saved answers</source>
        <translation>比较保存的结果</translation>
    </message>
    <message>
        <source>The answer shown now</source>
        <translation>当前显示的结果</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
</context>
<context>
    <name>ContextSlider</name>
    <message>
        <source>&amp;Context length</source>
        <translation>上下文长度(&amp;C)</translation>
    </message>
    <message>
        <source>Context length, on a logarithmic scale</source>
        <translation>上下文长度，对数刻度</translation>
    </message>
    <message>
        <source>Context length in tokens</source>
        <translation>上下文长度（token）</translation>
    </message>
    <message>
        <source>Tokens, such as 8192 or 8k. Leave it empty for the default.</source>
        <translation>token 数，例如 8192 或 8k。留空则用默认值。</translation>
    </message>
    <message>
        <source>“{typed}” is no context length: give {shortest} to {longest} tokens, such as 8192 or 8k. It stays at {kept}.</source>
        <translation>“{typed}”不是上下文长度：请输入 {shortest} 到 {longest} 个 token，例如 8192 或 8k。仍为 {kept}。</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Wheel: zoom. Drag: pan. Double click: all. Left and Right: values.</source>
        <translation>滚轮：缩放。拖动：平移。双击：全部。左右键：数值。</translation>
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
        <translation>所选单元格的页面</translation>
    </message>
</context>
<context>
    <name>DeviceTableModel</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} GB unified</source>
        <translation>{size} GB 统一内存</translation>
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
        <translation>架构图</translation>
    </message>
    <message>
        <source>Block {number} of {count}</source>
        <translation>第 {number} 个模块，共 {count} 个</translation>
    </message>
    <message>
        <source>{words}, pinned</source>
        <translation>{words}，已固定</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>The picture is in {path}</source>
        <translation>图片保存在 {path}</translation>
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
        <translation>程序内部出了问题。</translation>
    </message>
    <message>
        <source>What you see may be out of date; starting the program again mends that. The terminal it was started from has the details.</source>
        <translation>所示内容可能已过时；重新启动程序即可。详情见启动它的终端。</translation>
    </message>
    <message>
        <source>What you see may be out of date; starting the program again mends that. The details are in {path}.</source>
        <translation>所示内容可能已过时；重新启动程序即可。详情见 {path}。</translation>
    </message>
</context>
<context>
    <name>GridPanel</name>
    <message>
        <source>&amp;All {count} formats</source>
        <translation>全部 {count} 种格式(&amp;A)</translation>
    </message>
    <message>
        <source>Filter models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Show only models with these words in their names (Ctrl+F).
Also: fits, tight, partial · moe, vision, speech · &lt;8B, &gt;=3B</source>
        <translation>只显示名称含这些词的模型 (Ctrl+F)。
还可输入：放得下、紧张、部分 · moe、视觉、语音 · &lt;8B、&gt;=3B</translation>
    </message>
    <message>
        <source>Figures in the cells</source>
        <translation>单元格中的数值</translation>
    </message>
    <message>
        <source>Show every quant format of llama.cpp, or only those that most people load</source>
        <translation>显示 llama.cpp 的所有量化格式，或只显示最常用的</translation>
    </message>
    <message>
        <source>Memory needed, models by quant format</source>
        <translation>所需内存，按模型与量化格式</translation>
    </message>
    <message>
        <source>Arrow keys choose a cell, with Ctrl the last one. S sorts by its column. Ctrl+C copies the row, Ctrl+Shift+C the grid.</source>
        <translation>方向键选择单元格，加 Ctrl 到最末一个。S 按该列排序。Ctrl+C 复制行，Ctrl+Shift+C 复制整表。</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>fits, but tight</source>
        <translation>放得下，但紧张</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>部分在内存</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>cannot run, or not known</source>
        <translation>无法运行或未知</translation>
    </message>
    <message>
        <source>No model matches “{words}”.</source>
        <translation>没有与“{words}”匹配的模型。</translation>
    </message>
    <message>
        <source>&amp;Copy row</source>
        <translation>复制行(&amp;C)</translation>
    </message>
    <message>
        <source>Copy row as CS&amp;V</source>
        <translation>将行复制为 CSV(&amp;V)</translation>
    </message>
    <message>
        <source>Copy &amp;grid</source>
        <translation>复制整表(&amp;G)</translation>
    </message>
    <message>
        <source>Copy grid as C&amp;SV</source>
        <translation>将整表复制为 CSV(&amp;S)</translation>
    </message>
</context>
<context>
    <name>HardwareStrip</name>
    <message>
        <source>Remo&amp;ve</source>
        <translation>移除(&amp;V)</translation>
    </message>
    <message>
        <source>Let this computer stand alone again</source>
        <translation>只保留本机</translation>
    </message>
    <message>
        <source>Looking for GPUs…</source>
        <translation>正在查找 GPU…</translation>
    </message>
</context>
<context>
    <name>LedgerModel</name>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>How it is computed</source>
        <translation>计算方式</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Computed: {formula}</source>
        <translation>计算：{formula}</translation>
    </message>
    <message>
        <source>Source: {source}</source>
        <translation>来源：{source}</translation>
    </message>
    <message>
        <source>{low} B at least, {expected} B expected, {high} B at most</source>
        <translation>至少 {low} B，预计 {expected} B，至多 {high} B</translation>
    </message>
    <message>
        <source>{what}: {size}</source>
        <translation>{what}：{size}</translation>
    </message>
    <message>
        <source>{what}: {size}, {range}</source>
        <translation>{what}：{size}，{range}</translation>
    </message>
</context>
<context>
    <name>LedgerView</name>
    <message>
        <source>Memory ledger</source>
        <translation>内存明细</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Copy ledger</source>
        <translation>复制明细</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>Open &amp;again</source>
        <translation>最近打开(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>清空列表(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>深色(&amp;A)</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The capacity is not known: {parts}</source>
        <translation>容量未知：{parts}</translation>
    </message>
    <message>
        <source>Of {capacity}: {parts}</source>
        <translation>共 {capacity}：{parts}</translation>
    </message>
</context>
<context>
    <name>MemoryCharts</name>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Zoom, pan and read values</source>
        <translation>缩放、平移、读取数值</translation>
    </message>
    <message>
        <source>{plan}: {chart}</source>
        <translation>{plan}：{chart}</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>Memory of {pool}, {total}</source>
        <translation>{pool} 的内存，{total}</translation>
    </message>
    <message>
        <source>GGUF file {size}</source>
        <translation>GGUF 文件 {size}</translation>
    </message>
    <message>
        <source>files {size}</source>
        <translation>文件 {size}</translation>
    </message>
    <message>
        <source>{bits} bits per weight</source>
        <translation>每权重 {bits} 位</translation>
    </message>
    <message>
        <source>{count} of {layers} layers on the GPU</source>
        <translation>{layers} 层中 {count} 层在 GPU 上</translation>
    </message>
    <message>
        <source>Runtimes that can run this model: {runtimes}.</source>
        <translation>可运行此模型的运行时：{runtimes}。</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>复制详情(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dismiss</source>
        <translation>关闭(&amp;D)</translation>
    </message>
</context>
<context>
    <name>MoreOptions</name>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>&amp;Reset to defaults</source>
        <translation>恢复默认值(&amp;R)</translation>
    </message>
    <message>
        <source>Give every option here its default again</source>
        <translation>将这里的所有选项恢复为默认值</translation>
    </message>
    <message>
        <source>{explained} Default: {default}.</source>
        <translation>{explained}默认：{default}。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>NameHead</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sort by model name</source>
        <translation>按模型名称排序</translation>
    </message>
    <message>
        <source>Sort by name; once more turns the order round</source>
        <translation>按名称排序；再按一次反转顺序</translation>
    </message>
</context>
<context>
    <name>OptionsBar</name>
    <message>
        <source>Memory to leave free on {pool}</source>
        <translation>在 {pool} 上预留的内存</translation>
    </message>
    <message>
        <source>The program that runs the model</source>
        <translation>运行模型的程序</translation>
    </message>
    <message>
        <source>How keys and values of past tokens are stored</source>
        <translation>过去 token 的键和值如何存储</translation>
    </message>
    <message>
        <source>Parallel sequences</source>
        <translation>并行序列</translation>
    </message>
    <message>
        <source>Requests that hold a part of the cache at once</source>
        <translation>同时占用一部分缓存的请求数</translation>
    </message>
    <message>
        <source>The other options of this runtime</source>
        <translation>此运行时的其他选项</translation>
    </message>
    <message>
        <source>R&amp;untime</source>
        <translation>运行时(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;KV cache</source>
        <translation>KV 缓存(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Parallel</source>
        <translation>并行(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Reserve</source>
        <translation>预留(&amp;R)</translation>
    </message>
    <message>
        <source>M&amp;ore…</source>
        <translation>更多(&amp;O)…</translation>
    </message>
    <message>
        <source>M&amp;ore ({count})…</source>
        <translation>更多(&amp;O) ({count})…</translation>
    </message>
</context>
<context>
    <name>PageDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Page {number} of {count}. {words}</source>
        <translation>第 {number} 页，共 {count} 页。{words}</translation>
    </message>
</context>
<context>
    <name>PaletteDialog</name>
    <message>
        <source>Go to anything</source>
        <translation>快速跳转</translation>
    </message>
    <message>
        <source>An action, a model, a format, a device: a few letters of it</source>
        <translation>操作、模型、格式或设备：输入几个字母</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>PasteBox</name>
    <message>
        <source>Ctrl+Enter does it too, Esc closes</source>
        <translation>也可按 Ctrl+Enter，Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>llama.cpp, Ollama and vLLM print what they allocate while they load a model. Open or paste such a log to see each line beside the prediction.</source>
        <translation>llama.cpp、Ollama 和 vLLM 在加载模型时会打印所分配的内存。打开或粘贴这样的日志，即可逐行与预测对照。</translation>
    </message>
    <message>
        <source>Open a log…</source>
        <translation>打开日志…</translation>
    </message>
    <message>
        <source>Paste a log…</source>
        <translation>粘贴日志…</translation>
    </message>
    <message>
        <source>The lines that the runtime printed while it loaded the model</source>
        <translation>运行时加载模型时打印的内容</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>The log does not tell both its model and its format: the chosen cell&apos;s are taken.</source>
        <translation>日志没有同时给出模型和格式：采用所选单元格的。</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <source>Add machine card…</source>
        <translation>添加机器卡片…</translation>
    </message>
    <message>
        <source>With what identifies this computer</source>
        <translation>包含可识别此计算机的信息</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>About</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Other machines</source>
        <translation>其他机器</translation>
    </message>
    <message>
        <source>Set the machine of a card beside, a file that another computer saved</source>
        <translation>加入机器卡片（另一台电脑保存的文件）中的机器</translation>
    </message>
    <message>
        <source>UUIDs and PCI addresses of the cards, and the programs that hold their memory. Otherwise none of that is in the file.</source>
        <translation>显卡的 UUID 和 PCI 地址，以及占用其内存的程序。否则文件中不含这些信息。</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>纸张(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表格(&amp;T)</translation>
    </message>
    <message>
        <source>P&amp;icture</source>
        <translation>图片(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>Show the same plans on {machine} too</source>
        <translation>同时显示这些方案在 {machine} 上的结果</translation>
    </message>
</context>
<context>
    <name>ReportPreview</name>
    <message>
        <source>&amp;Make it</source>
        <translation>生成(&amp;M)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>The first {count} of {all} characters are shown.</source>
        <translation>只显示 {all} 个字符中的前 {count} 个。</translation>
    </message>
    <message>
        <source>There is no report to show.</source>
        <translation>没有可显示的报告。</translation>
    </message>
    <message>
        <source>Exported to {path}</source>
        <translation>已导出到 {path}</translation>
    </message>
    <message>
        <source>Fit report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>As wide as there is room (0)</source>
        <translation>适应宽度 (0)</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Making the report</source>
        <translation>正在生成报告</translation>
    </message>
    <message>
        <source>{share} %</source>
        <translation>{share}%</translation>
    </message>
    <message>
        <source>The report was not made: it was cancelled.</source>
        <translation>未生成报告：已取消。</translation>
    </message>
</context>
<context>
    <name>ReportWindow</name>
    <message>
        <source>{name} was not written: a name that ends in {suffix} says what is in the file.</source>
        <translation>未写入 {name}：文件名应以 {suffix} 结尾，以表明内容。</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Start with</source>
        <translation>启动工具</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Paste a command…</source>
        <translation>粘贴命令…</translation>
    </message>
    <message>
        <source>A command of llama-server, llama-cli or vllm serve</source>
        <translation>llama-server、llama-cli 或 vllm serve 的命令</translation>
    </message>
    <message>
        <source>Make it the plan</source>
        <translation>设为方案</translation>
    </message>
    <message>
        <source>It does not fit here, so there is nothing to start.</source>
        <translation>这里放不下，因此没有可启动的命令。</translation>
    </message>
    <message>
        <source>File {name}, beside the command</source>
        <translation>文件 {name}，与命令放在一起</translation>
    </message>
</context>
<context>
    <name>SavedComparisonPage</name>
    <message>
        <source>S&amp;wap</source>
        <translation>交换(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>{name}, {kind}</source>
        <translation>{name}，{kind}</translation>
    </message>
    <message>
        <source>Choose two answers: reports in JSON, or what the command line printed with --json. One of them may be the answer that is shown now. Files can be dropped here too.</source>
        <translation>选择两个结果：JSON 报告，或命令行用 --json 打印的内容。其中之一可以是当前显示的结果。也可将文件拖到这里。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>nothing chosen yet</source>
        <translation>尚未选择</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>The answer shown now</source>
        <translation>当前显示的结果</translation>
    </message>
    <message>
        <source>{side}: open a file</source>
        <translation>{side}：打开文件</translation>
    </message>
    <message>
        <source>{side}: as shown now</source>
        <translation>{side}：采用当前显示</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>GiB, as tools count: 1,024 MiB</source>
        <translation>GiB，软件的算法：1,024 MiB</translation>
    </message>
    <message>
        <source>GB, as makers count: 1,000 MB</source>
        <translation>GB，厂商的算法：1,000 MB</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Sizes in</source>
        <translation>大小单位(&amp;S)</translation>
    </message>
    <message>
        <source>Keep free on a &amp;GPU</source>
        <translation>GPU 预留(&amp;G)</translation>
    </message>
    <message>
        <source>Keep free in &amp;RAM</source>
        <translation>内存预留(&amp;R)</translation>
    </message>
    <message>
        <source>Read what is &amp;free every</source>
        <translation>读取空闲内存的间隔(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Go from cell to cell</source>
        <translation>在单元格之间移动</translation>
    </message>
    <message>
        <source>Sort by the column of the cell</source>
        <translation>按单元格所在列排序</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左、右</translation>
    </message>
    <message>
        <source>Choose the memory to fit into</source>
        <translation>选择目标内存</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Remove the hardware that is not this computer&apos;s</source>
        <translation>移除不属于本机的硬件</translation>
    </message>
</context>
<context>
    <name>SideJobs</name>
    <message>
        <source>Save machine card</source>
        <translation>保存机器卡片</translation>
    </message>
    <message>
        <source>machine-card.json</source>
        <translation>machine-card.json</translation>
    </message>
    <message>
        <source>Save diagnostic bundle</source>
        <translation>保存诊断包</translation>
    </message>
    <message>
        <source>diagnostics.json</source>
        <translation>diagnostics.json</translation>
    </message>
    <message>
        <source>Asking drivers and system for the bundle…</source>
        <translation>正在向驱动程序和系统收集信息…</translation>
    </message>
    <message>
        <source>Measuring the memory&apos;s bandwidth…</source>
        <translation>正在测量内存带宽…</translation>
    </message>
    <message>
        <source>The machine card is in {path}, without what identifies this computer.</source>
        <translation>机器卡片保存在 {path}，不含可识别本机的信息。</translation>
    </message>
    <message>
        <source>The diagnostic bundle is in {path}, without what identifies this computer.</source>
        <translation>诊断包保存在 {path}，不含可识别本机的信息。</translation>
    </message>
    <message>
        <source>This computer&apos;s memory moved {speed} GB/s, read and written. Speeds are worked out with that from now on.</source>
        <translation>本机内存读写速度为 {speed} GB/s。此后按此计算速度。</translation>
    </message>
</context>
<context>
    <name>SpecificationPage</name>
    <message>
        <source>Find a field</source>
        <translation>查找字段</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>No field has “{words}”.</source>
        <translation>没有字段包含“{words}”。</translation>
    </message>
</context>
<context>
    <name>SpeedPage</name>
    <message>
        <source>Measure the memory&apos;s bandwidth</source>
        <translation>测量内存带宽</translation>
    </message>
    <message>
        <source>Find out how fast RAM is; it takes a few seconds</source>
        <translation>测量内存速度，需要几秒钟</translation>
    </message>
    <message>
        <source>Where the ranges come from</source>
        <translation>范围的来源</translation>
    </message>
    <message>
        <source>It does not fit here, so there is no speed to speak of.</source>
        <translation>这里放不下，因此谈不上速度。</translation>
    </message>
    <message>
        <source>With {tokens} in the cache of one sequence: {modelled}.</source>
        <translation>一个序列的缓存中有 {tokens} 时：{modelled}。</translation>
    </message>
    <message>
        <source>Writing the answer</source>
        <translation>生成回答</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>读取提示词</translation>
    </message>
</context>
<context>
    <name>ToolWindows</name>
    <message>
        <source>Receipt of a log</source>
        <translation>日志对照</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确度</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排比较</translation>
    </message>
</context>
<context>
    <name>WhatIfCard</name>
    <message>
        <source>What if…</source>
        <translation>假设…</translation>
    </message>
    <message>
        <source>Put other hardware beside this computer (Ctrl+I)</source>
        <translation>在本机旁加入其他硬件 (Ctrl+I)</translation>
    </message>
    <message>
        <source>2× RTX 4090, M3 Max…</source>
        <translation>2× RTX 4090、M3 Max…</translation>
    </message>
    <message>
        <source>another one instead</source>
        <translation>换一个</translation>
    </message>
</context>
<context>
    <name>WhatIfDialog</name>
    <message>
        <source>What if…</source>
        <translation>假设…</translation>
    </message>
    <message>
        <source>&amp;Show beside this computer</source>
        <translation>显示在本机旁(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Open machine card…</source>
        <translation>打开机器卡片(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Search {count} devices, such as 2x 4090</source>
        <translation>搜索 {count} 种设备，例如 2x 4090</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>搜索设备</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source> ×</source>
        <translation> ×</translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation>无 GPU</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>不计</translation>
    </message>
    <message>
        <source>The RAM beside the GPUs, by default as in this computer</source>
        <translation>GPU 之外的内存，默认与本机相同</translation>
    </message>
    <message>
        <source>&amp;Memory of a GPU</source>
        <translation>单个 GPU 的显存(&amp;M)</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>按大小</translation>
    </message>
    <message>
        <source>&amp;How many</source>
        <translation>数量(&amp;H)</translation>
    </message>
    <message>
        <source>R&amp;AM</source>
        <translation>内存(&amp;A)</translation>
    </message>
    <message>
        <source>All of its memory counts as free: nobody has measured it.</source>
        <translation>全部内存都算空闲：没有人测量过。</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>WindowParts</name>
    <message>
        <source>&amp;Fit report…</source>
        <translation>报告(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Menu</source>
        <translation>菜单(&amp;M)</translation>
    </message>
    <message>
        <source>See the fit report and write it to a file (Ctrl+E)</source>
        <translation>查看报告并写入文件 (Ctrl+E)</translation>
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
        <translation>已打开 {path}</translation>
    </message>
</context>
<context>
    <name>accuracy</name>
    <message>
        <source>{count} figures that were measured elsewhere, each beside what is computed here for the same plan: {exact} are met within 0.005 %, {close} within 1 %.</source>
        <translation>{count} 个在别处测得的数值，逐一与此处对同一方案的计算对照：{exact} 个误差在 0.005 % 以内，{close} 个在 1 % 以内。</translation>
    </message>
    <message>
        <source>Errors without their sign. The naive rule is the one most calculators use: parameters × the bits in the format&apos;s name, and 20 % on top for a whole process. † marks rows where a constant was found on these same cases.</source>
        <translation>误差不带符号。“简单规则”是多数计算器采用的：参数 × 格式名中的位数，整个进程再加 20 %。† 表示该行有常数是从同样的案例得出的。</translation>
    </message>
    <message>
        <source>Errors by runtime and part</source>
        <translation>按运行时和部分列出的误差</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位</translation>
    </message>
    <message>
        <source>Worst</source>
        <translation>最差</translation>
    </message>
    <message>
        <source>Naive, median</source>
        <translation>简单中位</translation>
    </message>
    <message>
        <source>Naive, worst</source>
        <translation>简单最差</translation>
    </message>
    <message>
        <source>{missed} of {count}</source>
        <translation>{missed}/{count}</translation>
    </message>
    <message>
        <source>Misses of more than 1 %</source>
        <translation>超过 1 % 的偏差</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案例</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>偏差数</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>{runtime}: {part}</source>
        <translation>{runtime}：{part}</translation>
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
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Open file…</source>
        <translation>打开文件(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a GGUF file, a config.json, a machine card or a log</source>
        <translation>打开 GGUF 文件、config.json、机器卡片或日志</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open a folder that holds a model&apos;s safetensors files</source>
        <translation>打开含有模型 safetensors 文件的文件夹</translation>
    </message>
    <message>
        <source>&amp;Close own files</source>
        <translation>关闭自己的文件(&amp;C)</translation>
    </message>
    <message>
        <source>Take the files that were opened out of the grid</source>
        <translation>从表格中移除已打开的文件</translation>
    </message>
    <message>
        <source>Fit &amp;report…</source>
        <translation>报告(&amp;R)…</translation>
    </message>
    <message>
        <source>See the fit report and write it to a file</source>
        <translation>查看报告并写入文件</translation>
    </message>
    <message>
        <source>Save &amp;machine card…</source>
        <translation>保存机器卡片(&amp;M)…</translation>
    </message>
    <message>
        <source>Write what this computer has to a file, to plan elsewhere</source>
        <translation>将本机配置写入文件，以便在别处规划</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Take the last change of the plan back</source>
        <translation>撤销对方案的上一次更改</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>重新应用被撤销的更改</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Colours, language, reserves, live figures</source>
        <translation>配色、语言、预留、实时数据</translation>
    </message>
    <message>
        <source>&amp;Go to anything…</source>
        <translation>快速跳转(&amp;G)…</translation>
    </message>
    <message>
        <source>Find an action, a model, a format or a device by its name</source>
        <translation>按名称查找操作、模型、格式或设备</translation>
    </message>
    <message>
        <source>&amp;Filter models</source>
        <translation>筛选模型(&amp;F)</translation>
    </message>
    <message>
        <source>Show only models with some words in their names</source>
        <translation>只显示名称含某些词的模型</translation>
    </message>
    <message>
        <source>&amp;All formats, or the common ones</source>
        <translation>全部格式或常用格式(&amp;A)</translation>
    </message>
    <message>
        <source>Show every quant format, or those that most people load</source>
        <translation>显示所有量化格式，或只显示最常用的</translation>
    </message>
    <message>
        <source>&amp;Next page of the detail</source>
        <translation>详情的下一页(&amp;N)</translation>
    </message>
    <message>
        <source>Show the next page about the chosen cell</source>
        <translation>显示所选单元格的下一页</translation>
    </message>
    <message>
        <source>&amp;Earlier page of the detail</source>
        <translation>详情的上一页(&amp;E)</translation>
    </message>
    <message>
        <source>Show the page before it</source>
        <translation>显示前一页</translation>
    </message>
    <message>
        <source>&amp;Read the hardware again</source>
        <translation>重新读取硬件(&amp;R)</translation>
    </message>
    <message>
        <source>Look for GPUs and memory anew</source>
        <translation>重新查找 GPU 和内存</translation>
    </message>
    <message>
        <source>&amp;What if…</source>
        <translation>假设(&amp;W)…</translation>
    </message>
    <message>
        <source>Put other hardware beside this computer</source>
        <translation>在本机旁加入其他硬件</translation>
    </message>
    <message>
        <source>Remove the &amp;other hardware</source>
        <translation>移除其他硬件(&amp;O)</translation>
    </message>
    <message>
        <source>Let this computer stand alone again</source>
        <translation>只保留本机</translation>
    </message>
    <message>
        <source>&amp;Measure the memory&apos;s bandwidth</source>
        <translation>测量内存带宽(&amp;M)</translation>
    </message>
    <message>
        <source>Find out how fast RAM is, for the speeds that are modelled</source>
        <translation>测量内存有多快，用于模拟速度</translation>
    </message>
    <message>
        <source>Recei&amp;pt of a log…</source>
        <translation>日志对照(&amp;P)…</translation>
    </message>
    <message>
        <source>Set what a runtime printed beside the prediction</source>
        <translation>将运行时打印的内容与预测并列</translation>
    </message>
    <message>
        <source>&amp;Add this plan to the comparison</source>
        <translation>将此方案加入比较(&amp;A)</translation>
    </message>
    <message>
        <source>Set the plan that is shown beside others</source>
        <translation>将所示方案与其他方案并列</translation>
    </message>
    <message>
        <source>&amp;Compare plans…</source>
        <translation>比较方案(&amp;C)…</translation>
    </message>
    <message>
        <source>Show the plans that stand side by side</source>
        <translation>显示并排的方案</translation>
    </message>
    <message>
        <source>Compare &amp;saved answers…</source>
        <translation>比较保存的结果(&amp;S)…</translation>
    </message>
    <message>
        <source>What changed between two reports, line by line, and why</source>
        <translation>两份报告之间逐行的变化及原因</translation>
    </message>
    <message>
        <source>Accurac&amp;y…</source>
        <translation>准确度(&amp;Y)…</translation>
    </message>
    <message>
        <source>How far the figures were from what was measured</source>
        <translation>数值与实测相差多少</translation>
    </message>
    <message>
        <source>Save &amp;diagnostic bundle…</source>
        <translation>保存诊断包(&amp;D)…</translation>
    </message>
    <message>
        <source>Write what drivers and system say, to look into it</source>
        <translation>写出驱动程序和系统的回答，以便排查</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>All keys of this window</source>
        <translation>此窗口的所有快捷键</translation>
    </message>
    <message>
        <source>&amp;About Phi Planner</source>
        <translation>关于 Phi Planner(&amp;A)</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>版本与许可证</translation>
    </message>
</context>
<context>
    <name>advice</name>
    <message>
        <source>saves {size}</source>
        <translation>节省 {size}</translation>
    </message>
    <message>
        <source>{size} have to come free</source>
        <translation>需腾出 {size}</translation>
    </message>
    <message>
        <source>then it fits</source>
        <translation>这样就放得下</translation>
    </message>
    <message>
        <source>then it is a tight fit</source>
        <translation>这样勉强放得下</translation>
    </message>
    <message>
        <source>then part of it is in RAM</source>
        <translation>这样一部分在内存</translation>
    </message>
    <message>
        <source>KV cache in {cache_type}</source>
        <translation>KV 缓存用 {cache_type}</translation>
    </message>
    <message>
        <source>A context of {tokens}</source>
        <translation>上下文 {tokens}</translation>
    </message>
    <message>
        <source>1 sequence of {share}</source>
        <translation>1 个序列，{share}</translation>
    </message>
    <message>
        <source>Start with {option}: prompts are read more slowly</source>
        <translation>用 {option} 启动：提示词读取较慢</translation>
    </message>
    <message>
        <source>vLLM takes {share_of_card} of the card</source>
        <translation>vLLM 占用显卡的 {share_of_card}</translation>
    </message>
    <message>
        <source>{sequences} sequences of {share} each</source>
        <translation>{sequences} 个序列，各 {share}</translation>
    </message>
    <message>
        <source>Micro-batches of {rows}</source>
        <translation>微批次 {rows}</translation>
    </message>
    <message>
        <source>Format {quant_format}</source>
        <translation>{quant_format} 格式</translation>
    </message>
    <message>
        <source>Experts of the first {expert_layers} layers in RAM</source>
        <translation>前 {expert_layers} 层的专家放内存</translation>
    </message>
    <message>
        <source>{count} of {layers} layers on the GPU, the rest in RAM</source>
        <translation>{layers} 层中 {count} 层在 GPU 上，其余在内存</translation>
    </message>
    <message>
        <source>On {pool} instead</source>
        <translation>改用 {pool}</translation>
    </message>
    <message>
        <source>Close programs that hold memory of {pool}</source>
        <translation>关闭占用 {pool} 内存的程序</translation>
    </message>
    <message>
        <source>It fits, with the reserve: nothing has to change.</source>
        <translation>连同预留都放得下：无需更改。</translation>
    </message>
    <message>
        <source>No change of the plan alone makes it fit here.</source>
        <translation>仅靠更改方案无法在这里放下。</translation>
    </message>
    <message>
        <source>With other programs closed the verdict would be: {verdict}.</source>
        <translation>关闭其他程序后的判定：{verdict}。</translation>
    </message>
    <message>
        <source>Programs that hold memory of {pool}</source>
        <translation>占用 {pool} 内存的程序</translation>
    </message>
    <message>
        <source>{count} programs hold {size} of {pool}</source>
        <translation>{count} 个程序占用 {pool} 的 {size}</translation>
    </message>
    <message>
        <source>1 program holds {size} of {pool}</source>
        <translation>1 个程序占用 {pool} 的 {size}</translation>
    </message>
    <message>
        <source>{device} ({size})</source>
        <translation>{device}（{size}）</translation>
    </message>
    <message>
        <source>All of it, with the reserve, takes one GPU with {size} free. The smallest that have it: {devices}.</source>
        <translation>全部连同预留需要一块有 {size} 空闲的 GPU。满足的最小设备：{devices}。</translation>
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
        <translation>{model} {quant_format}：{verdict}。{reason}</translation>
    </message>
    <message>
        <source>{model} {quant_format}: {verdict}, needs {needed} of {free} free</source>
        <translation>{model} {quant_format}：{verdict}，需要 {needed}，空闲 {free}</translation>
    </message>
    <message>
        <source>{model} · {quant_format}</source>
        <translation>{model} · {quant_format}</translation>
    </message>
    <message>
        <source>{size} parameters</source>
        <translation>{size} 参数</translation>
    </message>
    <message>
        <source>context up to {limit}</source>
        <translation>上下文最长 {limit}</translation>
    </message>
    <message>
        <source>released {date}</source>
        <translation>发布于 {date}</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>{part}: {size}</source>
        <translation>{part}：{size}</translation>
    </message>
    <message>
        <source>Held by others</source>
        <translation>其他程序占用</translation>
    </message>
    <message>
        <source>Left free</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>High estimate</source>
        <translation>高估值</translation>
    </message>
    <message>
        <source>May need {size} more</source>
        <translation>可能再需 {size}</translation>
    </message>
    <message>
        <source>Reserve {size}</source>
        <translation>预留 {size}</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Capacity {size}</source>
        <translation>容量 {size}</translation>
    </message>
    <message>
        <source>Too much by {size}</source>
        <translation>超出 {size}</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Memory of {pool}</source>
        <translation>{pool} 的内存</translation>
    </message>
    <message>
        <source>Of {size}: {parts}.</source>
        <translation>共 {size}：{parts}。</translation>
    </message>
    <message>
        <source>The capacity is not known: {parts}.</source>
        <translation>容量未知：{parts}。</translation>
    </message>
    <message>
        <source>Memory against context length</source>
        <translation>内存与上下文长度</translation>
    </message>
    <message>
        <source>{low} at {shortest} tokens to {high} at {longest} tokens. {largest}</source>
        <translation>{shortest} 个 token 时 {low}，{longest} 个 token 时 {high}。{largest}</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>空闲 {size}</translation>
    </message>
    <message>
        <source>{size} may be used</source>
        <translation>可用 {size}</translation>
    </message>
    <message>
        <source>{size} in all</source>
        <translation>总计 {size}</translation>
    </message>
    <message>
        <source>{limit} (above this chart)</source>
        <translation>{limit}（超出图表）</translation>
    </message>
    <message>
        <source>fits up to {count} tokens</source>
        <translation>最长 {count} 个 token 放得下</translation>
    </message>
    <message>
        <source>All of the model&apos;s {count} tokens fit.</source>
        <translation>模型的全部 {count} 个 token 都放得下。</translation>
    </message>
    <message>
        <source>Up to {count} tokens fit.</source>
        <translation>最长 {count} 个 token 放得下。</translation>
    </message>
    <message>
        <source>No context fits.</source>
        <translation>任何上下文都放不下。</translation>
    </message>
    <message>
        <source>Which context fits is not known.</source>
        <translation>哪种上下文放得下未知。</translation>
    </message>
    <message>
        <source>Refused: {reason}</source>
        <translation>被拒绝：{reason}</translation>
    </message>
    <message>
        <source>Planned context</source>
        <translation>计划的上下文</translation>
    </message>
    <message>
        <source>Planned: {count} tokens</source>
        <translation>计划：{count} 个 token</translation>
    </message>
    <message>
        <source>Largest context that fits</source>
        <translation>放得下的最长上下文</translation>
    </message>
    <message>
        <source>Quant formats by KV cache types, in tokens: {cells}.</source>
        <translation>量化格式与 KV 缓存类型（token）：{cells}。</translation>
    </message>
    <message>
        <source>Quant format</source>
        <translation>量化格式</translation>
    </message>
    <message>
        <source>KV cache {cache_type}</source>
        <translation>KV 缓存 {cache_type}</translation>
    </message>
    <message>
        <source>{quant_format}, KV cache {cache_type}: {answer}</source>
        <translation>{quant_format}，KV 缓存 {cache_type}：{answer}</translation>
    </message>
    <message>
        <source>up to {count} tokens fit</source>
        <translation>最长 {count} 个 token 放得下</translation>
    </message>
    <message>
        <source>up to {count} tokens fit, {tight} if it is tight</source>
        <translation>最长 {count} 个 token 放得下，紧张时可到 {tight}</translation>
    </message>
    <message>
        <source>{count} tokens at most, and tight</source>
        <translation>最多 {count} 个 token，且紧张</translation>
    </message>
    <message>
        <source>the planned context fits</source>
        <translation>计划的上下文放得下</translation>
    </message>
    <message>
        <source>it fits, tight</source>
        <translation>放得下，但紧张</translation>
    </message>
    <message>
        <source>only shorter ones fit</source>
        <translation>只有更短的放得下</translation>
    </message>
    <message>
        <source>Memory of each device</source>
        <translation>各设备的内存</translation>
    </message>
    <message>
        <source>{devices}.</source>
        <translation>{devices}。</translation>
    </message>
    <message>
        <source>{device}: {size} of {free} free</source>
        <translation>{device}：需 {size}，空闲 {free}</translation>
    </message>
    <message>
        <source>{device}: {size}, free not known</source>
        <translation>{device}：{size}，空闲未知</translation>
    </message>
    <message>
        <source>{name} · RAM</source>
        <translation>{name} · 内存</translation>
    </message>
    <message>
        <source>{size} of {free} free</source>
        <translation>需 {size}，空闲 {free}</translation>
    </message>
    <message>
        <source>Speed against context length, modelled</source>
        <translation>速度与上下文长度（模拟）</translation>
    </message>
    <message>
        <source>Decoding {first} tokens per second at {shortest} tokens of context, {last} at {longest}. Modelled, not measured.</source>
        <translation>上下文 {shortest} 个 token 时生成 {first} token/秒，{longest} 时 {last}。为模拟值，非实测。</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>token/秒</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>最慢</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>slowest to fastest</source>
        <translation>最慢到最快</translation>
    </message>
    <message>
        <source>{expected} tokens per second ({low} to {high})</source>
        <translation>{expected} token/秒（{low} 到 {high}）</translation>
    </message>
</context>
<context>
    <name>command</name>
    <message>
        <source>This is now the plan of the {program} command.</source>
        <translation>现在采用 {program} 命令的方案。</translation>
    </message>
    <message>
        <source>Its model is not known, so the chosen one stays.</source>
        <translation>其模型未知，因此保留所选模型。</translation>
    </message>
    <message>
        <source>It does not tell the quant format, so the nearest one is taken.</source>
        <translation>其中没有量化格式，因此采用最接近的。</translation>
    </message>
    <message>
        <source>Passed over: {words}.</source>
        <translation>已忽略：{words}。</translation>
    </message>
    <message>
        <source>Passed over: {words} and more.</source>
        <translation>已忽略：{words} 等。</translation>
    </message>
</context>
<context>
    <name>compare</name>
    <message>
        <source>Plans side by side</source>
        <translation>方案并排</translation>
    </message>
    <message>
        <source>{model} · {quant_format}</source>
        <translation>{model} · {quant_format}</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>In RAM beside a GPU</source>
        <translation>GPU 之外的内存</translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation>GPU 上的层</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>KV cache type</source>
        <translation>KV 缓存类型</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Bits per weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Writes, tokens per second, modelled</source>
        <translation>生成，token/秒，模拟</translation>
    </message>
    <message>
        <source>Reads, tokens per second, modelled</source>
        <translation>读取，token/秒，模拟</translation>
    </message>
    <message>
        <source>{count} of {layers}</source>
        <translation>{count}/{layers}</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>The program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>The machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Memory, line by line</source>
        <translation>内存明细</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>1 more is in the exported file.</source>
        <translation>导出的文件中还有 1 项。</translation>
    </message>
    <message>
        <source>{count} more are in the exported file.</source>
        <translation>导出的文件中还有 {count} 项。</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Its shape is not known.</source>
        <translation>其形状未知。</translation>
    </message>
    <message>
        <source>Several GPUs and experts in RAM are worked out for Phi models alone; this file holds another model.</source>
        <translation>多 GPU 和专家放内存只针对 Phi 模型计算；此文件是其他模型。</translation>
    </message>
    <message>
        <source>How much memory {card_name} has is not known: {why}</source>
        <translation>{card_name} 的内存大小未知：{why}</translation>
    </message>
    <message>
        <source>the driver does not say.</source>
        <translation>驱动程序没有提供。</translation>
    </message>
    <message>
        <source>How much of {card_name} is free is not known: {why}</source>
        <translation>{card_name} 的空闲量未知：{why}</translation>
    </message>
    <message>
        <source>This machine has no memory pool {target_id}; it has: {known}.</source>
        <translation>此机器没有内存池 {target_id}；有：{known}。</translation>
    </message>
    <message>
        <source>No memory could be read on this machine, so nothing can be compared.</source>
        <translation>无法读取此机器的任何内存，因此无法比较。</translation>
    </message>
    <message>
        <source>Tensor parallelism over {count} cards needs {count2} GPUs; this machine has {gpus}.</source>
        <translation>{count} 卡张量并行需要 {count2} 个 GPU；此机器有 {gpus} 个。</translation>
    </message>
    <message>
        <source>The tensor split has {tensor_split} shares; this machine has {spread} GPUs with memory of their own.</source>
        <translation>张量切分有 {tensor_split} 份；此机器有 {spread} 个带独立显存的 GPU。</translation>
    </message>
    <message>
        <source>Even one sequence {why_not}</source>
        <translation>即使一个序列，{why_not}</translation>
    </message>
    <message>
        <source>Even one token {why_not}</source>
        <translation>即使一个 token，{why_not}</translation>
    </message>
    <message>
        <source>on {target_name} needs {high_bytes}, and less is free.</source>
        <translation>在 {target_name} 上需要 {high_bytes}，而空闲不足。</translation>
    </message>
    <message>
        <source>on {name} needs {needed}{where}, and {value} may be used.</source>
        <translation>在 {name} 上需要 {needed}{where}，而可用 {value}。</translation>
    </message>
    <message>
        <source>is not promised on {name}. {reason}</source>
        <translation>在 {name} 上没有保证。{reason}</translation>
    </message>
    <message>
        <source>of RAM beside it</source>
        <translation>其外的内存</translation>
    </message>
    <message>
        <source>is not promised on {target_name}. {reason}</source>
        <translation>在 {target_name} 上没有保证。{reason}</translation>
    </message>
    <message>
        <source>llama.cpp has no {value} architecture, so there is no GGUF file.</source>
        <translation>llama.cpp 没有 {value} 架构，因此没有 GGUF 文件。</translation>
    </message>
    <message>
        <source>It does not fit, so it has no speed.</source>
        <translation>放不下，因此没有速度。</translation>
    </message>
    <message>
        <source>A ledger is worked out for GGUF files; this one is for other runtimes.</source>
        <translation>明细只针对 GGUF 文件；此文件供其他运行时使用。</translation>
    </message>
    <message>
        <source>Nothing can be worked out but the weights: {list}.</source>
        <translation>只能计算权重：{list}。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>A file of one&apos;s own: {file_name}.</source>
        <translation>自己的文件：{file_name}。</translation>
    </message>
    <message>
        <source>Nothing can be planned: {list}.</source>
        <translation>无法规划：{list}。</translation>
    </message>
    <message>
        <source>{runtime} does not load a GGUF file; llama.cpp does.</source>
        <translation>{runtime} 不加载 GGUF 文件；llama.cpp 可以。</translation>
    </message>
    <message>
        <source>{program} has no --no-repack: it keeps the second copy that the plan has not.</source>
        <translation>{program} 没有 --no-repack：它会保留方案中没有的第二份副本。</translation>
    </message>
    <message>
        <source>{tool} does not run plans of {runtime}; {known} does.</source>
        <translation>{tool} 不运行 {runtime} 的方案；{known} 可以。</translation>
    </message>
    <message>
        <source>{value} cannot stand in a command: a model&apos;s file or repository has a name of printable characters.</source>
        <translation>{value} 不能写进命令：模型文件或仓库的名称须由可打印字符组成。</translation>
    </message>
    <message>
        <source>{value} cannot be written for PowerShell: versions differ on double quotes.</source>
        <translation>{value} 无法写成 PowerShell 命令：各版本对双引号的处理不同。</translation>
    </message>
    <message>
        <source>This plan is about libllama&apos;s own defaults, and {tool} has others: choose the program &apos;server&apos;.</source>
        <translation>此方案采用 libllama 自身的默认值，而 {tool} 的不同：请选择程序 “server”。</translation>
    </message>
    <message>
        <source>Ollama stores keys and values in one type, f16, q8_0 or q4_0; the plan has {cache_type_k} and {cache_type_v}.</source>
        <translation>Ollama 的键和值用同一类型（f16、q8_0 或 q4_0）；方案是 {cache_type_k} 和 {cache_type_v}。</translation>
    </message>
    <message>
        <source>`vllm serve` has no option for {quant_format}; it has: {list}.</source>
        <translation>`vllm serve` 没有 {quant_format} 选项；有：{list}。</translation>
    </message>
    <message>
        <source>{where} must be a checkpoint that is packed as {quant_format}.</source>
        <translation>{where} 必须是打包为 {quant_format} 的检查点。</translation>
    </message>
    <message>
        <source>llama-cli holds one conversation, and the plan {parallel_sequences}: llama-server runs them.</source>
        <translation>llama-cli 只有一个会话，而方案有 {parallel_sequences} 个：请用 llama-server。</translation>
    </message>
    <message>
        <source>The first line is the server, in a terminal of its own.</source>
        <translation>第一行是服务器，在单独的终端中运行。</translation>
    </message>
    <message>
        <source>An Ollama that runs already keeps its own settings: stop it before.</source>
        <translation>已在运行的 Ollama 会保留自己的设置：请先停止它。</translation>
    </message>
    <message>
        <source>Ollama gives each sequence num_ctx tokens, and may put fewer layers on the GPU.</source>
        <translation>Ollama 给每个序列 num_ctx 个 token，放到 GPU 上的层可能更少。</translation>
    </message>
    <message>
        <source>`lms ls` shows the key of a downloaded model.</source>
        <translation>`lms ls` 显示已下载模型的键名。</translation>
    </message>
    <message>
        <source>Cache types, flash attention and batch sizes are set in the app, not here.</source>
        <translation>缓存类型、Flash Attention 和批次大小在应用中设置，不在这里。</translation>
    </message>
    <message>
        <source>{option} changes the memory, and a plan here does not have it.</source>
        <translation>{option} 会改变内存用量，而这里的方案没有它。</translation>
    </message>
    <message>
        <source>Without a format --hf-repo takes the repository&apos;s Q4_K_M.</source>
        <translation>不指定格式时，--hf-repo 采用仓库的 Q4_K_M。</translation>
    </message>
    <message>
        <source>Without --parallel llama-server has {DEFAULT_SLOTS} slots that share one cache.</source>
        <translation>不指定 --parallel 时，llama-server 有 {DEFAULT_SLOTS} 个共享缓存的槽位。</translation>
    </message>
    <message>
        <source>Without --ctx-size the model&apos;s whole context is taken</source>
        <translation>不指定 --ctx-size 时采用模型的完整上下文</translation>
    </message>
    <message>
        <source>Without --n-gpu-layers llama.cpp takes as many layers as fit.</source>
        <translation>不指定 --n-gpu-layers 时，llama.cpp 放入尽可能多的层。</translation>
    </message>
    <message>
        <source>Without --split-mode llama.cpp uses every GPU; one is planned with here.</source>
        <translation>不指定 --split-mode 时 llama.cpp 使用所有 GPU；这里按一个规划。</translation>
    </message>
    <message>
        <source>: {limit} tokens.</source>
        <translation>：{limit} 个 token。</translation>
    </message>
    <message>
        <source>Without --max-model-len the model&apos;s whole context is taken</source>
        <translation>不指定 --max-model-len 时采用模型的完整上下文</translation>
    </message>
    <message>
        <source>{name} takes a whole number from {lowest} to {highest}; the command has {text}.</source>
        <translation>{name} 须为 {lowest} 到 {highest} 的整数；命令中是 {text}。</translation>
    </message>
    <message>
        <source>{name} takes on, off or auto; the command has {text}.</source>
        <translation>{name} 须为 on、off 或 auto；命令中是 {text}。</translation>
    </message>
    <message>
        <source>{name} takes {list}; the command has {text}.</source>
        <translation>{name} 须为 {list}；命令中是 {text}。</translation>
    </message>
    <message>
        <source>The command&apos;s model {source} is none of the catalogue: choose the model.</source>
        <translation>命令中的模型 {source} 不在目录中：请选择模型。</translation>
    </message>
    <message>
        <source>The command&apos;s file {source} does not tell its quant format: choose one.</source>
        <translation>命令中的文件 {source} 没有给出量化格式：请选择。</translation>
    </message>
    <message>
        <source>The command ends after {name}, which needs a value.</source>
        <translation>命令在 {name} 之后结束，而它需要一个值。</translation>
    </message>
    <message>
        <source>{model_name} is closed: its sizes are not published and no open runtime loads it.</source>
        <translation>{model_name} 是封闭的：未公布尺寸，也没有开放的运行时能加载它。</translation>
    </message>
    <message>
        <source>The number of parallel sequences</source>
        <translation>并行序列数</translation>
    </message>
    <message>
        <source>The batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>The micro-batch size</source>
        <translation>微批次大小</translation>
    </message>
    <message>
        <source>{model_name} has {shape} layers that a GPU can hold, the output layer included; {gpu_layer_count} is out of that range.</source>
        <translation>{model_name} 连同输出层有 {shape} 层可放 GPU；{gpu_layer_count} 超出范围。</translation>
    </message>
    <message>
        <source>{model_name} has {layer_count} layers whose experts could stay in RAM; {cpu_expert_layers} is out of that range.</source>
        <translation>{model_name} 有 {layer_count} 层的专家可留在内存；{cpu_expert_layers} 超出范围。</translation>
    </message>
    <message>
        <source>Tensor parallelism is estimated for vLLM alone; {runtime} would need tensor_parallel 1.</source>
        <translation>张量并行只针对 vLLM 估算；{runtime} 须用 tensor_parallel 1。</translation>
    </message>
    <message>
        <source>The prompt length</source>
        <translation>提示词长度</translation>
    </message>
    <message>
        <source>The maximum length</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>The chunk size</source>
        <translation>分块大小</translation>
    </message>
    <message>
        <source>The number of sequences that vLLM runs</source>
        <translation>vLLM 运行的序列数</translation>
    </message>
    <message>
        <source>The number of cards in parallel</source>
        <translation>并行的卡数</translation>
    </message>
    <message>
        <source>A maximum length of {max_length} tokens is below the context of {context_length}.</source>
        <translation>最大长度 {max_length} 个 token 小于上下文 {context_length}。</translation>
    </message>
    <message>
        <source>The share of the GPU&apos;s memory that vLLM takes must be above 0 and at most 1; it is {gpu_memory_utilization}.</source>
        <translation>vLLM 占用的显存比例须大于 0 且不超过 1；现为 {gpu_memory_utilization}。</translation>
    </message>
    <message>
        <source>{runtime} stores keys and values in one type; {cache_type_k} and {cache_type_v} cannot be mixed.</source>
        <translation>{runtime} 的键和值用同一类型；{cache_type_k} 与 {cache_type_v} 不能混用。</translation>
    </message>
    <message>
        <source>A context length must be at least 1 token; it is {context_length}.</source>
        <translation>上下文长度至少为 1 个 token；现为 {context_length}。</translation>
    </message>
    <message>
        <source>{model_name} supports at most {limit} tokens; a context of {context_length} is beyond its limit.</source>
        <translation>{model_name} 最多支持 {limit} 个 token；上下文 {context_length} 超出上限。</translation>
    </message>
    <message>
        <source>{name} must be between 1 and {highest}; it is {value}.</source>
        <translation>{name}须在 1 到 {highest} 之间；现为 {value}。</translation>
    </message>
    <message>
        <source>A context of {context_length} tokens cannot be shared by {parallel_sequences} sequences.</source>
        <translation>{context_length} 个 token 的上下文不能由 {parallel_sequences} 个序列共享。</translation>
    </message>
    <message>
        <source>{runtime} has no {cache_type} cache here; it has: {list}.</source>
        <translation>{runtime} 这里没有 {cache_type} 缓存；有：{list}。</translation>
    </message>
    <message>
        <source>{file_name} by {publisher} is labelled {quant_format} but has {bits} bits per weight, where {quant_format2} of this model has {usual_bits}: its weights take {apart} {value} than is estimated here.</source>
        <translation>{publisher} 的 {file_name} 标为 {quant_format}，但每权重 {bits} 位，而此模型的 {quant_format2} 为 {usual_bits} 位：其权重比这里的估算{value} {apart}。</translation>
    </message>
    <message>
        <source>file {size_gb} GB, as published by {publisher} ({file_name})</source>
        <translation>文件 {size_gb} GB，由 {publisher} 公布（{file_name}）</translation>
    </message>
    <message>
        <source>CUDA graphs</source>
        <translation>CUDA 图</translation>
    </message>
    <message>
        <source>The log does not say for how many tokens logits are reserved: &apos;{program}&apos; comes nearest.</source>
        <translation>日志没有说明为多少 token 预留 logits：“{program}”最接近。</translation>
    </message>
    <message>
        <source>The log does not say which quantiser made the file: the rules of &apos;{mix}&apos; come nearest.</source>
        <translation>日志没有说明文件由哪个量化器制作：“{mix}”规则最接近。</translation>
    </message>
    <message>
        <source>Several GPUs hold the model: they are added up here, and judged together.</source>
        <translation>模型由多个 GPU 承载：这里合计并一起判断。</translation>
    </message>
    <message>
        <source>llama.cpp counts the output layer first since 2026-03; before, the same number of layers on the GPU were all repeating ones.</source>
        <translation>llama.cpp 自 2026-03 起先计输出层；此前 GPU 上同样多的层都是重复层。</translation>
    </message>
    <message>
        <source>This log counts the whole mapped file for the host, as llama.cpp did before 2025, also what the GPU holds.</source>
        <translation>此日志把整个映射文件都算在主机上，2025 年前的 llama.cpp 就是如此，GPU 上的部分也包括在内。</translation>
    </message>
    <message>
        <source>vLLM gives the cache all that is left of its share of the card.</source>
        <translation>vLLM 把它在显卡上份额的剩余全部给缓存。</translation>
    </message>
    <message>
        <source>How much of {ram_name} is free is not known: {why}</source>
        <translation>{ram_name} 的空闲量未知：{why}</translation>
    </message>
    <message>
        <source>the system does not say.</source>
        <translation>系统没有提供。</translation>
    </message>
    <message>
        <source>How much of {target_name} is free is not known: {why}</source>
        <translation>{target_name} 的空闲量未知：{why}</translation>
    </message>
    <message>
        <source>{gpu_layer_count} of {shape} layers on the GPU: {why}</source>
        <translation>{shape} 层中 {gpu_layer_count} 层在 GPU 上：{why}</translation>
    </message>
    <message>
        <source>{runtime} cannot run {model_name}.</source>
        <translation>{runtime} 无法运行 {model_name}。</translation>
    </message>
    <message>
        <source>residual copy on the CPU</source>
        <translation>CPU 上的残差副本</translation>
    </message>
    <message>
        <source>The tensor {tensor_name} is of a layer beyond the {layer_count} that the metadata counts, so it is not known where it would be placed.</source>
        <translation>张量 {tensor_name} 所在的层超出元数据所计的 {layer_count} 层，因此不知道会放在哪里。</translation>
    </message>
    <message>
        <source>Not checked against measurements</source>
        <translation>未经实测核对</translation>
    </message>
    <message>
        <source>the cells are rounded up to 256.</source>
        <translation>单元数向上取整到 256。</translation>
    </message>
    <message>
        <source>layers with a sliding window keep the window and a micro-batch; with --swa-full, and before 2025-05, they keep the whole context (the high figure).</source>
        <translation>滑动窗口层保留窗口和一个微批次；使用 --swa-full 时及 2025-05 之前保留整个上下文（高估值）。</translation>
    </message>
    <message>
        <source>The context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type_v} V cache here: a quantised V cache requires flash attention to be enabled.</source>
        <translation>llama.cpp 在此拒绝 {cache_type_v} 的 V 缓存：量化的 V 缓存需要启用 Flash Attention。</translation>
    </message>
    <message>
        <source>{0} cells x {1} values in {2} layers ({3} K, {4} V){5}</source>
        <translation>{0} 单元 × {1} 个值，{2} 层（{3} K，{4} V）{5}</translation>
    </message>
    <message>
        <source>about {0} B, as a Phi block of these sizes would take</source>
        <translation>约 {0} B，与同尺寸的 Phi 模块相当</translation>
    </message>
    <message>
        <source>{NOT_CHECKED}: the graph of this architecture was not studied, so the band is from half to twice that or more.</source>
        <translation>{NOT_CHECKED}：未研究此架构的计算图，因此范围为一半到两倍或更多。</translation>
    </message>
    <message>
        <source>{0} logits x 4 B x {1} sequences</source>
        <translation>{0} 个 logits × 4 B × {1} 个序列</translation>
    </message>
    <message>
        <source>The program reads one row of logits for each sequence.</source>
        <translation>程序为每个序列读取一行 logits。</translation>
    </message>
    <message>
        <source>{name} must be between 1 and {highest} for this model; it is {value}.</source>
        <translation>此模型的{name}须在 1 到 {highest} 之间；现为 {value}。</translation>
    </message>
    <message>
        <source>llama.cpp has no {cache_type} cache.</source>
        <translation>llama.cpp 没有 {cache_type} 缓存。</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type} {side} cache for this model: its block size of {QUANTISED_BLOCK} does not divide the head size of {value}.</source>
        <translation>llama.cpp 拒绝此模型的 {cache_type} {side} 缓存：块大小 {QUANTISED_BLOCK} 不能整除头大小 {value}。</translation>
    </message>
    <message>
        <source>, less beyond the windows</source>
        <translation>，窗口之外更少</translation>
    </message>
    <message>
        <source>residual stream</source>
        <translation>残差流</translation>
    </message>
    <message>
        <source>gate and up</source>
        <translation>gate 与 up</translation>
    </message>
    <message>
        <source>new keys or values</source>
        <translation>新的键或值</translation>
    </message>
    <message>
        <source>keys of a layer in RAM</source>
        <translation>内存中一层的键</translation>
    </message>
    <message>
        <source>values of a layer in RAM</source>
        <translation>内存中一层的值</translation>
    </message>
    <message>
        <source>holes between them</source>
        <translation>其间的空隙</translation>
    </message>
    <message>
        <source>of the rows put out</source>
        <translation>（输出行）</translation>
    </message>
    <message>
        <source>llama.cpp refuses a {cache_type} {side} cache for this model with flash attention: its block size of {QUANTISED_BLOCK} does not divide the head size of {head_dim}.</source>
        <translation>启用 Flash Attention 时 llama.cpp 拒绝此模型的 {cache_type} {side} 缓存：块大小 {QUANTISED_BLOCK} 不能整除头大小 {head_dim}。</translation>
    </message>
    <message>
        <source>A tensor split needs one share for each GPU, none negative and not all 0; it is {list}.</source>
        <translation>张量切分需要每个 GPU 一份，不能为负且不能全为 0；现为 {list}。</translation>
    </message>
    <message>
        <source>The graph&apos;s largest stage; memory is reused between stages. Equal to llama.cpp&apos;s own size simulation.</source>
        <translation>计算图中最大的阶段；各阶段之间复用内存。与 llama.cpp 自身的大小模拟一致。</translation>
    </message>
    <message>
        <source>What stands in the buffer when it is largest, by replaying llama.cpp&apos;s graph allocator; weights in RAM are copied to the GPU for each long prompt. Equal to llama.cpp&apos;s own size simulation.</source>
        <translation>通过重放 llama.cpp 的图分配器得到缓冲区最大时的内容；内存中的权重在每个长提示词时复制到 GPU。与 llama.cpp 自身的大小模拟一致。</translation>
    </message>
    <message>
        <source>every layer and the output</source>
        <translation>所有层和输出</translation>
    </message>
    <message>
        <source>Mapped pages can be dropped and read again.</source>
        <translation>映射的页可以丢弃后重新读取。</translation>
    </message>
    <message>
        <source>{0} cells x {1} layers x {2} KV heads x {3} values x ({4})</source>
        <translation>{0} 单元 × {1} 层 × {2} 个 KV 头 × {3} 个值 × ({4})</translation>
    </message>
    <message>
        <source>The cells are rounded up to 256</source>
        <translation>单元数向上取整到 256</translation>
    </message>
    <message>
        <source>{rounded}; the cache is allocated in full at the start.</source>
        <translation>{rounded}；缓存在开始时全部分配。</translation>
    </message>
    <message>
        <source>the last {repeating_gpu_layers} of {layer_count} layers</source>
        <translation>{layer_count} 层中的后 {repeating_gpu_layers} 层</translation>
    </message>
    <message>
        <source>the output and {last}</source>
        <translation>输出和{last}</translation>
    </message>
    <message>
        <source>, less the experts of {expert_layers_in_ram} layers</source>
        <translation>，减去 {expert_layers_in_ram} 层的专家</translation>
    </message>
    <message>
        <source>{0}: {1} B of {2} B of tensors</source>
        <translation>{0}：张量 {2} B 中的 {1} B</translation>
    </message>
    <message>
        <source>token embedding {0} B + {1} layers {2} B</source>
        <translation>token 嵌入 {0} B + {1} 层 {2} B</translation>
    </message>
    <message>
        <source>Mapped pages can be dropped and read again; those of repacked tensors are not needed once loaded.</source>
        <translation>映射的页可以丢弃后重新读取；重排过的张量的页加载后不再需要。</translation>
    </message>
    <message>
        <source>all tensors: {0} B, mapped from the file</source>
        <translation>所有张量：{0} B，由文件映射</translation>
    </message>
    <message>
        <source>+ {0} layers x {1} B of row padding</source>
        <translation>+ {0} 层 × {1} B 行填充</translation>
    </message>
    <message>
        <source>; the sequences share them</source>
        <translation>；由各序列共享</translation>
    </message>
    <message>
        <source>{rounded}; llama.cpp ignores the model&apos;s sliding window of {window} tokens (PR 13676), so the cache holds the full context.</source>
        <translation>{rounded}；llama.cpp 忽略模型的 {window} 个 token 滑动窗口（PR 13676），因此缓存保存整个上下文。</translation>
    </message>
    <message>
        <source>the process and the GPU driver&apos;s libraries: 10 to 512 MiB</source>
        <translation>进程和 GPU 驱动库：10 到 512 MiB</translation>
    </message>
    <message>
        <source>The process takes 10 to 30 MiB; what the driver&apos;s libraries add was not measured.</source>
        <translation>进程需 10 到 30 MiB；驱动库所加的未经测量。</translation>
    </message>
    <message>
        <source>layer tensors in Q4_K, Q4_0 and IQ4_NL: {0} B</source>
        <translation>Q4_K、Q4_0 和 IQ4_NL 的层张量：{0} B</translation>
    </message>
    <message>
        <source>A CPU with AVX2 keeps a rearranged copy of these tensors beside the mapped file; --no-repack avoids it.</source>
        <translation>带 AVX2 的 CPU 在映射文件之外保留这些张量的重排副本；--no-repack 可避免。</translation>
    </message>
    <message>
        <source>The token embedding is the output head too (tied), so the GPU holds a copy.</source>
        <translation>token 嵌入同时是输出头（共享），因此 GPU 保留一份副本。</translation>
    </message>
    <message>
        <source>The token embedding stays in RAM; each tensor is padded to 32 B.</source>
        <translation>token 嵌入留在内存；每个张量填充到 32 B。</translation>
    </message>
    <message>
        <source>token embedding {0} B + {1} layers and experts of others {2} B</source>
        <translation>token 嵌入 {0} B + {1} 层及其他层的专家 {2} B</translation>
    </message>
    <message>
        <source>llama.cpp looks the token embedding up on the host.</source>
        <translation>llama.cpp 在主机上查找 token 嵌入。</translation>
    </message>
    <message>
        <source>for each sequence</source>
        <translation>（每个序列）</translation>
    </message>
    <message>
        <source>inputs and attention mask: {0} B</source>
        <translation>输入和注意力掩码：{0} B</translation>
    </message>
    <message>
        <source>Pinned RAM beside the GPU&apos;s buffer (CUDA_Host in the log).</source>
        <translation>GPU 缓冲区之外的锁页内存（日志中的 CUDA_Host）。</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>没有层</translation>
    </message>
    <message>
        <source>the process itself: 10 to 30 MiB</source>
        <translation>进程本身：10 到 30 MiB</translation>
    </message>
    <message>
        <source>Code, tokenizer and work buffers that llama.cpp does not log.</source>
        <translation>llama.cpp 日志中没有的代码、分词器和工作缓冲区。</translation>
    </message>
    <message>
        <source>CUDA context, kernels and workspaces: 0.30 to 1.00 GiB</source>
        <translation>CUDA 上下文、内核和工作区：0.30 到 1.00 GiB</translation>
    </message>
    <message>
        <source>The driver allocates this for each process; it differs by card and driver.</source>
        <translation>驱动程序为每个进程分配；因显卡和驱动而异。</translation>
    </message>
    <message>
        <source>llama.cpp cannot run {model_name}.</source>
        <translation>llama.cpp 无法运行 {model_name}。</translation>
    </message>
    <message>
        <source>llama.cpp&apos;s --split-mode row does not load on CUDA, HIP, Vulkan or Metal: &apos;device does not support split buffers&apos;. In the llama.cpp of 2026-10 only SYCL (Intel GPUs) has them, and its sizes were not measured; --split-mode layer runs.</source>
        <translation>llama.cpp 的 --split-mode row 在 CUDA、HIP、Vulkan 或 Metal 上无法加载：“device does not support split buffers”。2026-10 的 llama.cpp 中只有 SYCL（Intel GPU）支持，其大小未经测量；--split-mode layer 可用。</translation>
    </message>
    <message>
        <source>A split of the layers over several GPUs needs their shares (a tensor split such as 3,1) or a machine with several GPUs.</source>
        <translation>将层分到多个 GPU 需要给出份额（例如 3,1），或一台有多个 GPU 的机器。</translation>
    </message>
    <message>
        <source>and the output</source>
        <translation>和输出</translation>
    </message>
    <message>
        <source>GPU {0}: {1} of {2} layers{3}</source>
        <translation>GPU {0}：{2} 层中的 {1} 层{3}</translation>
    </message>
    <message>
        <source>Layers go to the GPUs in order, by their shares; the output is the last.</source>
        <translation>层按份额依次放到各 GPU；输出在最后。</translation>
    </message>
    <message>
        <source>MLX grows the cache in steps of 256 tokens and ignores a sliding window of Phi-3.</source>
        <translation>MLX 以 256 个 token 为步长增长缓存，并忽略 Phi-3 的滑动窗口。</translation>
    </message>
    <message>
        <source>Packed from the first token on (--quantized-kv-start 0); by default the command keeps {QUANTISED_FROM} tokens in 16 bits first.</source>
        <translation>从第一个 token 起打包（--quantized-kv-start 0）；默认先以 16 位保留 {QUANTISED_FROM} 个 token。</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} values x {3}/16 B</source>
        <translation>{0} 个 token × {1} 个序列 × {2} 个值 × {3}/16 B</translation>
    </message>
    <message>
        <source>{0} tokens of a chunk: 0.02 to 0.8 GB</source>
        <translation>一块 {0} 个 token：0.02 到 0.8 GB</translation>
    </message>
    <message>
        <source>A prompt is read in chunks of 2,048 tokens and its logits are never laid out; the band is what published peaks leave over.</source>
        <translation>提示词按 2,048 个 token 分块读取，其 logits 从不展开；范围取自公布的峰值之余。</translation>
    </message>
    <message>
        <source>the process and what its front end keeps: 0 to {0} MiB</source>
        <translation>进程及其前端所保留的：0 到 {0} MiB</translation>
    </message>
    <message>
        <source>mlx-lm&apos;s own peaks need nothing more; other front ends were seen to keep some 0.5 GB.</source>
        <translation>mlx-lm 自身的峰值不需要更多；有些前端会保留约 0.5 GB。</translation>
    </message>
    <message>
        <source>MLX is estimated for Apple silicon, where the GPU computes from the one memory; there are no figures for it on a CPU.</source>
        <translation>MLX 针对 Apple 芯片估算，其 GPU 使用同一内存；没有 CPU 的数据。</translation>
    </message>
    <message>
        <source>MLX keeps the whole model in unified memory.</source>
        <translation>MLX 把整个模型放在统一内存中。</translation>
    </message>
    <message>
        <source>MLX runs on Apple silicon; there are no figures for it on {pool_name}.</source>
        <translation>MLX 运行于 Apple 芯片；没有 {pool_name} 的数据。</translation>
    </message>
    <message>
        <source>{0} values in matrices x {1} bits + {2} others x 16 bits</source>
        <translation>{0} 个矩阵值 × {1} 位 + {2} 个其他值 × 16 位</translation>
    </message>
    <message>
        <source>MLX packs every matrix, the embedding and the head too; a scale and a bias of 16 bits for each group of 64.</source>
        <translation>MLX 打包每个矩阵，包括嵌入和输出头；每 64 个一组，有 16 位的缩放和偏置。</translation>
    </message>
    <message>
        <source>{value} bits</source>
        <translation>{value} 位</translation>
    </message>
    <message>
        <source>Every value takes the build&apos;s type.</source>
        <translation>每个值采用构建的类型。</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI allocates the cache for max_length when the generator is made, no sliding window; left unset, max_length is the model&apos;s own limit: {at_limit} for {model_name}.</source>
        <translation>ONNX Runtime GenAI 创建生成器时按 max_length 分配缓存，不用滑动窗口；未设置时 max_length 为模型上限：{model_name} 为 {at_limit}。</translation>
    </message>
    <message>
        <source>int4 in blocks of 32 with a scale each; an embedding of its own stays plain.</source>
        <translation>int4，每块 32 个值各带一个缩放；独立的嵌入不打包。</translation>
    </message>
    <message>
        <source>One matrix serves as embedding and head (tied); older builds store the embedding a second time, unpacked: read the file&apos;s size.</source>
        <translation>一个矩阵兼作嵌入和输出头（共享）；旧构建会再存一份未打包的嵌入：请看文件大小。</translation>
    </message>
    <message>
        <source>On a CPU it holds 32-bit values, twice as much as on a GPU.</source>
        <translation>在 CPU 上它保存 32 位值，是 GPU 上的两倍。</translation>
    </message>
    <message>
        <source>{0} values of layers x {1}, embedding and head {2} values, {3} others</source>
        <translation>{0} 个层的值 × {1}，嵌入和输出头 {2} 个值，其他 {3} 个</translation>
    </message>
    <message>
        <source>0 to 1.5 times the file of {0} B</source>
        <translation>{0} B 文件的 0 到 1.5 倍</translation>
    </message>
    <message>
        <source>ONNX Runtime rearranges int4 matrices for the CPU: 1.0 to 1.6 times the file stays in RAM, up to 2.5 times while it loads.</source>
        <translation>ONNX Runtime 为 CPU 重排 int4 矩阵：内存中保留文件的 1.0 到 1.6 倍，加载时最多 2.5 倍。</translation>
    </message>
    <message>
        <source>{0} positions x {1} rotated values: {2} B of sines and cosines</source>
        <translation>{0} 个位置 × {1} 个旋转值：{2} B 的正弦和余弦</translation>
    </message>
    <message>
        <source>The builder stores the tables for every position; some published files lack them.</source>
        <translation>构建器为每个位置存储这些表；有些公布的文件没有。</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} values x {3} B</source>
        <translation>{0} 个 token × {1} 个序列 × {2} 个值 × {3} B</translation>
    </message>
    <message>
        <source>{0} tokens in one pass, {1} sequences</source>
        <translation>一次处理 {0} 个 token，{1} 个序列</translation>
    </message>
    <message>
        <source>Measured with one model on a CPU and scaled by its shape: within 15 %.</source>
        <translation>用一个模型在 CPU 上测得并按形状换算：误差 15 % 以内。</translation>
    </message>
    <message>
        <source>{0} logits x {1} tokens x {2} sequences x {3} B</source>
        <translation>{0} 个 logits × {1} 个 token × {2} 个序列 × {3} B</translation>
    </message>
    <message>
        <source>Logits are kept for every token of the prompt; search.chunk_size caps them, and a graph built with prune_lm_head keeps the last row alone.</source>
        <translation>提示词每个 token 的 logits 都保留；search.chunk_size 可限制，用 prune_lm_head 构建的图只保留最后一行。</translation>
    </message>
    <message>
        <source>0 to 25 % of {0} B of cache, activations and logits</source>
        <translation>缓存、激活和 logits 共 {0} B 的 0 到 25 %</translation>
    </message>
    <message>
        <source>The CUDA arena grows in powers of two by default, so it can hold more than is used.</source>
        <translation>CUDA arena 默认按 2 的幂增长，因此可能占用多于所需。</translation>
    </message>
    <message>
        <source>ONNX Runtime keeps the whole model on one device.</source>
        <translation>ONNX Runtime 把整个模型放在一个设备上。</translation>
    </message>
    <message>
        <source>The published ONNX files of {model_name} are for CUDA only.</source>
        <translation>{model_name} 公布的 ONNX 文件只适用于 CUDA。</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s fp32 builds are for the CPU; on a GPU they are fp16.</source>
        <translation>ONNX Runtime GenAI 的 fp32 构建用于 CPU；GPU 上用 fp16。</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s fp16 builds are for GPUs; on a CPU they are fp32.</source>
        <translation>ONNX Runtime GenAI 的 fp16 构建用于 GPU；CPU 上用 fp32。</translation>
    </message>
    <message>
        <source>ONNX Runtime GenAI&apos;s builder takes {model_name} as int4 for CUDA alone.</source>
        <translation>ONNX Runtime GenAI 的构建器只支持 {model_name} 的 CUDA int4。</translation>
    </message>
    <message>
        <source>the process with CUDA&apos;s libraries</source>
        <translation>带 CUDA 库的进程</translation>
    </message>
    <message>
        <source>the process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>{reason} Not traced for this architecture: the band is wide.</source>
        <translation>{reason}未对此架构做跟踪：范围较宽。</translation>
    </message>
    <message>
        <source>{0} tokens x 4 x {1} B x ({2} + {3}) + rotary tables</source>
        <translation>{0} 个 token × 4 × {1} B × ({2} + {3}) + 旋转表</translation>
    </message>
    <message>
        <source>Fused attention (SDPA) keeps no scores, so the peak is the feed-forward&apos;s.</source>
        <translation>融合注意力（SDPA）不保留分数，因此峰值出现在前馈。</translation>
    </message>
    <message>
        <source>+ {0} B of window mask</source>
        <translation>+ {0} B 窗口掩码</translation>
    </message>
    <message>
        <source>A prompt longer than the sliding window needs a mask of its square.</source>
        <translation>长于滑动窗口的提示词需要其长度平方大小的掩码。</translation>
    </message>
    <message>
        <source>Cards older than Ampere may fall back to eager attention for grouped heads: plan with eager there.</source>
        <translation>早于 Ampere 的卡在分组头时可能退回 eager：请按 eager 规划。</translation>
    </message>
    <message>
        <source>{0} scores x {1} B + {2} B of activations and mask</source>
        <translation>{0} 个分数 × {1} B + {2} B 激活和掩码</translation>
    </message>
    <message>
        <source>Eager attention keeps every head&apos;s scores, so the peak grows with the square of the prompt.</source>
        <translation>eager 注意力保留每个头的分数，因此峰值随提示词长度的平方增长。</translation>
    </message>
    <message>
        <source>Python with torch</source>
        <translation>Python 与 torch</translation>
    </message>
    <message>
        <source>CUDA context and kernels: 0.30 to 1.00 GiB</source>
        <translation>CUDA 上下文和内核：0.30 到 1.00 GiB</translation>
    </message>
    <message>
        <source>The driver allocates this for each process; Hopper and Blackwell take some 0.2 GiB more than is expected here.</source>
        <translation>驱动程序为每个进程分配；Hopper 和 Blackwell 比这里的预计多约 0.2 GiB。</translation>
    </message>
    <message>
        <source>{0}: {1} to {2} MiB</source>
        <translation>{0}：{1} 到 {2} MiB</translation>
    </message>
    <message>
        <source>What the process and its libraries take of RAM was not measured.</source>
        <translation>进程及其库占用的内存未经测量。</translation>
    </message>
    <message>
        <source>15 % (0 to 35 %) of {0} B of cache and activations + 128 MiB</source>
        <translation>缓存和激活 {0} B 的 15 %（0 到 35 %）+ 128 MiB</translation>
    </message>
    <message>
        <source>torch&apos;s caching allocator keeps what it freed; nvidia-smi counts it too.</source>
        <translation>torch 的缓存分配器保留已释放的内存；nvidia-smi 也计入。</translation>
    </message>
    <message>
        <source>cuBLAS workspaces: 8 to 70 MiB</source>
        <translation>cuBLAS 工作区：8 到 70 MiB</translation>
    </message>
    <message>
        <source>They differ by card; torch counts them as allocated.</source>
        <translation>因显卡而异；torch 将其计为已分配。</translation>
    </message>
    <message>
        <source>int8 with an f32 scale a row</source>
        <translation>int8，每行一个 f32 缩放</translation>
    </message>
    <message>
        <source>fp8 with an f32 scale a row</source>
        <translation>fp8，每行一个 f32 缩放</translation>
    </message>
    <message>
        <source>nf4 with an f32 scale for 64 values</source>
        <translation>nf4，每 64 个值一个 f32 缩放</translation>
    </message>
    <message>
        <source>nf4 with an 8-bit scale for 64 values, those scaled again</source>
        <translation>nf4，每 64 个值一个 8 位缩放，缩放再次量化</translation>
    </message>
    <message>
        <source>int4 with a scale and a zero for 128 values and a group index</source>
        <translation>int4，每 128 个值一个缩放和零点，另有分组索引</translation>
    </message>
    <message>
        <source>int4 with a scale and a zero for 128 values</source>
        <translation>int4，每 128 个值一个缩放和零点</translation>
    </message>
    <message>
        <source>transformers grows the cache token by token; nothing is rounded up.</source>
        <translation>transformers 逐个 token 增长缓存；不做取整。</translation>
    </message>
    <message>
        <source>A static cache has its full length from the first step.</source>
        <translation>静态缓存从第一步起就是完整长度。</translation>
    </message>
    <message>
        <source>transformers keeps no more than the sliding window of {at_end_tokens} tokens, {at_end} B in the long run. Other runtimes keep all tokens.</source>
        <translation>transformers 只保留 {at_end_tokens} 个 token 的滑动窗口，长期为 {at_end} B。其他运行时保留所有 token。</translation>
    </message>
    <message>
        <source>Loading may need more than running so short a context: a matrix is packed on the GPU, and a tied embedding was seen to be loaded twice.</source>
        <translation>加载所需可能多于运行如此短的上下文：矩阵在 GPU 上打包，且曾见共享的嵌入被加载两次。</translation>
    </message>
    <message>
        <source>One layer&apos;s cache grows, the window layers stop, Mamba layers keep a state.</source>
        <translation>一层的缓存增长，窗口层停止，Mamba 层保持一个状态。</translation>
    </message>
    <message>
        <source>Until the first new token the whole prompt&apos;s cache stays in memory, so that is the peak.</source>
        <translation>在第一个新 token 之前，整个提示词的缓存都留在内存中，这就是峰值。</translation>
    </message>
    <message>
        <source>{template}, as far as it is above the cache at the end</source>
        <translation>{template}，只计超出最终缓存的部分</translation>
    </message>
    <message>
        <source>{0} logits x (2 + 4) B x {1} sequences</source>
        <translation>{0} 个 logits × (2 + 4) B × {1} 个序列</translation>
    </message>
    <message>
        <source>generate() asks for the last row alone; scoring a prompt with forward() keeps every row.</source>
        <translation>generate() 只取最后一行；用 forward() 给提示词打分则保留每一行。</translation>
    </message>
    <message>
        <source>{model_name} does not run on a CPU in transformers: its own code asks for mamba-ssm and flash-attn, which need an NVIDIA GPU.</source>
        <translation>{model_name} 在 transformers 中不能在 CPU 上运行：其代码需要 mamba-ssm 和 flash-attn，而它们需要 NVIDIA GPU。</translation>
    </message>
    <message>
        <source>transformers has no fast path for {torch_format_name} on a CPU; fp32 and bf16 run there.</source>
        <translation>transformers 在 CPU 上没有 {torch_format_name} 的快速路径；fp32 和 bf16 可以运行。</translation>
    </message>
    <message>
        <source>transformers cannot leave {torch_format_name} layers in RAM beside a GPU; bf16 and fp16 can, slowly (device_map).</source>
        <translation>transformers 不能把 {torch_format_name} 的层留在 GPU 之外的内存；bf16 和 fp16 可以，但慢（device_map）。</translation>
    </message>
    <message>
        <source>{0} tokens x {1} sequences x {2} B</source>
        <translation>{0} 个 token × {1} 个序列 × {2} B</translation>
    </message>
    <message>
        <source>Embedding, head and norms stay in the type that the model computes in.</source>
        <translation>嵌入、输出头和归一化保持模型计算所用的类型。</translation>
    </message>
    <message>
        <source>The embedding is the head too (tied), so a large part is not packed.</source>
        <translation>嵌入同时是输出头（共享），因此很大一部分未打包。</translation>
    </message>
    <message>
        <source>bitsandbytes leaves experts in 16 bits since transformers 5, where a layer&apos;s experts are one tensor; the low figure is transformers 4&apos;s.</source>
        <translation>自 transformers 5 起 bitsandbytes 把专家保留为 16 位，因为一层的专家是一个张量；低估值对应 transformers 4。</translation>
    </message>
    <message>
        <source>Every value takes 32 bits.</source>
        <translation>每个值占 32 位。</translation>
    </message>
    <message>
        <source>{0} values of layers, {1} + {2} others x {3} B + {4} of image and speech</source>
        <translation>{0} 个层的值，{1} + {2} 个其他值 × {3} B + 图像和语音 {4}</translation>
    </message>
    <message>
        <source>all weights {0} B - {1} layers in RAM {2} B</source>
        <translation>全部权重 {0} B − 内存中 {1} 层 {2} B</translation>
    </message>
    <message>
        <source>device_map keeps whole layers in RAM; embedding and head stay on the GPU.</source>
        <translation>device_map 把整层留在内存；嵌入和输出头留在 GPU。</translation>
    </message>
    <message>
        <source>a layer&apos;s largest matrix {0} B, at most the layer</source>
        <translation>一层中最大的矩阵 {0} B，至多整层</translation>
    </message>
    <message>
        <source>A layer kept in RAM is copied to the GPU, matrix by matrix, each time it runs: slow.</source>
        <translation>留在内存的层每次运行都逐矩阵复制到 GPU：慢。</translation>
    </message>
    <message>
        <source>{0} of {1} layers: {2} B</source>
        <translation>{1} 层中的 {0} 层：{2} B</translation>
    </message>
    <message>
        <source>Layers that do not fit on the GPU wait in RAM.</source>
        <translation>GPU 放不下的层留在内存等待。</translation>
    </message>
    <message>
        <source>{value_bytes} B each</source>
        <translation>各 {value_bytes} B</translation>
    </message>
    <message>
        <source>vLLM keeps the cache in blocks of {BLOCK_TOKENS} tokens; all that is left of its share becomes blocks, this is the least that the sequences need.</source>
        <translation>vLLM 以 {BLOCK_TOKENS} 个 token 的块保存缓存；其份额的剩余都成为块，这里是序列所需的最小值。</translation>
    </message>
    <message>
        <source>Embedding, head and norms stay in 16 bits; other weights are packed.</source>
        <translation>嵌入、输出头和归一化保持 16 位；其他权重打包。</translation>
    </message>
    <message>
        <source>With the sliding window of {sliding_window} tokens it counts the window and one batch, so little is saved.</source>
        <translation>滑动窗口为 {sliding_window} 个 token 时，它计入窗口和一个批次，因此节省很少。</translation>
    </message>
    <message>
        <source>what is not torch&apos;s: 0.05 to 1.8 GiB</source>
        <translation>torch 之外的：0.05 到 1.8 GiB</translation>
    </message>
    <message>
        <source>NCCL, kernels and the CUDA context as far as vLLM counts it; logs differ widely.</source>
        <translation>NCCL、内核以及 vLLM 计入的 CUDA 上下文；各日志差异很大。</translation>
    </message>
    <message>
        <source>CUDA graphs: 0.3 to 1.5 GiB</source>
        <translation>CUDA 图：0.3 到 1.5 GiB</translation>
    </message>
    <message>
        <source>Captured once; within the share since vLLM 0.21, on top of it before. --enforce-eager goes without.</source>
        <translation>捕获一次；自 vLLM 0.21 起在份额之内，此前在其外。--enforce-eager 不需要。</translation>
    </message>
    <message>
        <source>vLLM does not start {model_name}: it asks for {gpu_memory_utilization} of the card, {share}, and {free_bytes} are free. Close other programs, or lower --gpu-memory-utilization.</source>
        <translation>vLLM 无法启动 {model_name}：它要求显卡的 {gpu_memory_utilization}，即 {share}，而空闲 {free_bytes}。请关闭其他程序，或调低 --gpu-memory-utilization。</translation>
    </message>
    <message>
        <source>Every value takes 16 bits.</source>
        <translation>每个值占 16 位。</translation>
    </message>
    <message>
        <source>{head_count} attention heads</source>
        <translation>{head_count} 个注意力头</translation>
    </message>
    <message>
        <source>{kv_heads} KV heads</source>
        <translation>{kv_heads} 个 KV 头</translation>
    </message>
    <message>
        <source>feed-forward rows ({feed_forward_length})</source>
        <translation>前馈行（{feed_forward_length}）</translation>
    </message>
    <message>
        <source>There are no figures for vLLM on {pool_name}, only for NVIDIA GPUs.</source>
        <translation>没有 vLLM 在 {pool_name} 上的数据，只有 NVIDIA GPU 的。</translation>
    </message>
    <message>
        <source>vLLM needs compute capability 7.0; {pool_name} has {compute_capability}.</source>
        <translation>vLLM 需要计算能力 7.0；{pool_name} 为 {compute_capability}。</translation>
    </message>
    <message>
        <source>vLLM runs bf16 from compute capability 8.0 on; {pool_name} has {compute_capability}: take fp16 there.</source>
        <translation>vLLM 自计算能力 8.0 起支持 bf16；{pool_name} 为 {compute_capability}：请用 fp16。</translation>
    </message>
    <message>
        <source>{0} blocks x {1} tokens: {2} B each, {3} sequences</source>
        <translation>{0} 块 × {1} 个 token：各 {2} B，{3} 个序列</translation>
    </message>
    <message>
        <source>the larger of {0} B x {1} sequences x {2} logits and {3} batched tokens</source>
        <translation>{0} B × {1} 个序列 × {2} 个 logits 与 {3} 个批处理 token 中的较大者</translation>
    </message>
    <message>
        <source>vLLM runs its largest batch once and keeps that much free. Cards of 70 GiB and more (but the A100) take 1,024 sequences and 8,192 batched tokens unless told.</source>
        <translation>vLLM 运行一次最大批次并为其保留空间。70 GiB 及以上的卡（A100 除外）默认 1,024 个序列和 8,192 个批处理 token。</translation>
    </message>
    <message>
        <source>vLLM is estimated on GPUs; there are no figures for its CPU build.</source>
        <translation>vLLM 在 GPU 上估算；没有其 CPU 构建的数据。</translation>
    </message>
    <message>
        <source>vLLM&apos;s --cpu-offload-gb is not estimated; all layers must fit.</source>
        <translation>不估算 vLLM 的 --cpu-offload-gb；所有层都须放得下。</translation>
    </message>
    <message>
        <source>vLLM runs at most {max_sequences} sequences at once (--max-num-seqs); the plan has {parallel_sequences}.</source>
        <translation>vLLM 最多同时运行 {max_sequences} 个序列（--max-num-seqs）；方案有 {parallel_sequences} 个。</translation>
    </message>
    <message>
        <source>vLLM is estimated on GPUs, not in RAM.</source>
        <translation>vLLM 在 GPU 上估算，不在内存中。</translation>
    </message>
    <message>
        <source>vLLM unpacks the scales of double quantisation to 32 bits as it loads.</source>
        <translation>vLLM 加载时把双重量化的缩放解包为 32 位。</translation>
    </message>
    <message>
        <source>vLLM cannot run {model_name} with tensor parallelism over {tensor_parallel} cards: its {words} do not divide by {tensor_parallel2} (issue 11856); possible are {shape}.</source>
        <translation>vLLM 无法以 {tensor_parallel} 卡张量并行运行 {model_name}：{words} 不能被 {tensor_parallel2} 整除（issue 11856）；可用 {shape}。</translation>
    </message>
    <message>
        <source>The scales stay packed in Unsloth&apos;s vLLM alone; vLLM unpacks them.</source>
        <translation>只有 Unsloth 的 vLLM 保持缩放打包；vLLM 会解包。</translation>
    </message>
    <message>
        <source>vLLM&apos;s processes with torch</source>
        <translation>vLLM 进程与 torch</translation>
    </message>
    <message>
        <source>{0} values of layers, {1} + {2} others x 2 B, over {3} cards</source>
        <translation>{0} 个层的值，{1} + {2} 个其他值 × 2 B，分到 {3} 卡</translation>
    </message>
    <message>
        <source>2 B each</source>
        <translation>各 2 B</translation>
    </message>
    <message>
        <source>the GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>The memory bandwidth of {name} is not known, so no speed can be modelled.</source>
        <translation>{name} 的内存带宽未知，因此无法模拟速度。</translation>
    </message>
    <message>
        <source>The compute of {name} is not known, so no prefill speed can be modelled.</source>
        <translation>{name} 的算力未知，因此无法模拟预填充速度。</translation>
    </message>
    <message>
        <source>A machine by size: all of its memory counts as free.</source>
        <translation>按大小设定的机器：全部内存都算空闲。</translation>
    </message>
    <message>
        <source>A machine of the catalogue: all of its memory counts as free.</source>
        <translation>目录中的机器：全部内存都算空闲。</translation>
    </message>
    <message>
        <source>System memory</source>
        <translation>系统内存</translation>
    </message>
    <message>
        <source>The GPU may have {usable_bytes} of {total_bytes}; the system&apos;s settings may change that.</source>
        <translation>GPU 可使用 {total_bytes} 中的 {usable_bytes}；系统设置可能改变它。</translation>
    </message>
    <message>
        <source>A what-if machine needs memory above zero, not {size_bytes} bytes. Give a size such as 24GiB.</source>
        <translation>假设的机器需要大于零的内存，而不是 {size_bytes} 字节。请给出如 24GiB 的大小。</translation>
    </message>
    <message>
        <source>{name} is a computer by itself, whose RAM is its GPU&apos;s memory: no other --device, --vram or --ram goes with it.</source>
        <translation>{name} 本身就是一台电脑，其内存即 GPU 内存：不能再加 --device、--vram 或 --ram。</translation>
    </message>
    <message>
        <source>GPU with {size_bytes}</source>
        <translation>GPU，{size_bytes}</translation>
    </message>
    <message>
        <source>The same memory as {list}: it is counted once.</source>
        <translation>与 {list} 是同一内存：只计一次。</translation>
    </message>
    <message>
        <source>No NVIDIA driver found.</source>
        <translation>未找到 NVIDIA 驱动程序。</translation>
    </message>
    <message>
        <source>The NVIDIA driver could not be asked: the probe {failure}. Its GPUs are not shown. Try `nvidia-smi` in a terminal; restarting the computer often helps.</source>
        <translation>无法查询 NVIDIA 驱动程序：探测程序 {failure}。其 GPU 未显示。请在终端中试试 `nvidia-smi`；重启电脑通常有用。</translation>
    </message>
    <message>
        <source>This GPU computes from the system&apos;s memory: it is the same memory as the RAM, counted once, and the figures are the system&apos;s.</source>
        <translation>此 GPU 使用系统内存：与内存是同一份，只计一次，数值取自系统。</translation>
    </message>
    <message>
        <source>The driver does not give its bandwidth.</source>
        <translation>驱动程序没有提供其带宽。</translation>
    </message>
    <message>
        <source>The system does not give the bandwidth of its memory.</source>
        <translation>系统没有提供其内存带宽。</translation>
    </message>
    <message>
        <source>Windows gives WSL half of the computer&apos;s memory unless `memory=` in .wslconfig says otherwise, so the computer has more than this.</source>
        <translation>除非 .wslconfig 中的 `memory=` 另有规定，Windows 只给 WSL 一半内存，因此电脑的内存比这更多。</translation>
    </message>
    <message>
        <source>The memory is in {count} parts, each next to its own processors (NUMA). A model that is not spread over them is read at the speed of one part.</source>
        <translation>内存分为 {count} 部分，各靠近自己的处理器（NUMA）。没有分布其上的模型只能以一部分的速度读取。</translation>
    </message>
    <message>
        <source>This program may use {total_bytes} of the computer&apos;s {total_bytes2} (a cgroup limit, as containers have).</source>
        <translation>此程序可使用电脑 {total_bytes2} 中的 {total_bytes}（cgroup 限制，如容器）。</translation>
    </message>
    <message>
        <source>The system did not give its memory ({strerror}).</source>
        <translation>系统没有提供其内存（{strerror}）。</translation>
    </message>
    <message>
        <source>The verdict was: {one}. Now it is: {two}.</source>
        <translation>判定原为：{one}。现为：{two}。</translation>
    </message>
    <message>
        <source>GPUs and RAM</source>
        <translation>GPU 和内存</translation>
    </message>
    <message>
        <source>{words}, needs {band}</source>
        <translation>{words}，需要 {band}</translation>
    </message>
    <message>
        <source>Nothing that both files say is different.</source>
        <translation>两个文件共有的内容没有不同。</translation>
    </message>
    <message>
        <source>The verdicts are different.</source>
        <translation>判定不同。</translation>
    </message>
    <message>
        <source>The verdict stays: {one}.</source>
        <translation>判定不变：{one}。</translation>
    </message>
    <message>
        <source>{pool_id}: free</source>
        <translation>{pool_id}：空闲</translation>
    </message>
    <message>
        <source>{pool_id}: total</source>
        <translation>{pool_id}：总量</translation>
    </message>
    <message>
        <source>All memory together: {total} {more}, most of it in {largest_name}.</source>
        <translation>内存合计：{more} {total}，主要在 {largest_name}。</translation>
    </message>
    <message>
        <source>Different: {list}.</source>
        <translation>不同：{list}。</translation>
    </message>
    <message>
        <source>a fit report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>an estimate</source>
        <translation>估算</translation>
    </message>
    <message>
        <source>a check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>a machine card</source>
        <translation>机器卡片</translation>
    </message>
    <message>
        <source>a machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>{file} cannot be compared: its schema is none of {known}. Reports, and what `--json` prints for estimate, check and devices, can be.</source>
        <translation>{file} 无法比较：其 schema 不是 {known} 之一。可以比较报告，以及 estimate、check 和 devices 的 `--json` 输出。</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>{file} cannot be compared: {where} is not as our answers have it ({value}).</source>
        <translation>{file} 无法比较：{where} 与我们的结果格式不符（{value}）。</translation>
    </message>
    <message>
        <source>feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>logits</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>rope factors</source>
        <translation>RoPE 因子</translation>
    </message>
    <message>
        <source>scores of experts</source>
        <translation>专家的分数</translation>
    </message>
    <message>
        <source>shares of experts</source>
        <translation>专家的权重</translation>
    </message>
    <message>
        <source>inner of experts</source>
        <translation>专家的内层</translation>
    </message>
    <message>
        <source>hidden of experts</source>
        <translation>专家的隐藏层</translation>
    </message>
    <message>
        <source>{all}, {active} active</source>
        <translation>{all}，激活 {active}</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>more</source>
        <translation>多</translation>
    </message>
    <message>
        <source>less</source>
        <translation>少</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Repacked weights</source>
        <translation>重排的权重</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Compute buffer</source>
        <translation>计算缓冲区</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>输出缓冲区</translation>
    </message>
    <message>
        <source>Runtime overhead</source>
        <translation>运行时开销</translation>
    </message>
    <message>
        <source>Weights, {place}</source>
        <translation>权重，{place}</translation>
    </message>
    <message>
        <source>Repacked weights, {place}</source>
        <translation>重排的权重，{place}</translation>
    </message>
    <message>
        <source>KV cache, {place}</source>
        <translation>KV 缓存，{place}</translation>
    </message>
    <message>
        <source>Compute buffer, {place}</source>
        <translation>计算缓冲区，{place}</translation>
    </message>
    <message>
        <source>Output buffer, {place}</source>
        <translation>输出缓冲区，{place}</translation>
    </message>
    <message>
        <source>Runtime overhead, {place}</source>
        <translation>运行时开销，{place}</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>部分在内存</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>cannot run</source>
        <translation>无法运行</translation>
    </message>
    <message>
        <source>{expected} GiB ({low} to {high})</source>
        <translation>{expected} GiB（{low} 到 {high}）</translation>
    </message>
    <message>
        <source>KV cache in published logs</source>
        <translation>公布日志中的 KV 缓存</translation>
    </message>
    <message>
        <source>KV cache, truncated models</source>
        <translation>KV 缓存，截短的模型</translation>
    </message>
    <message>
        <source>LoRA peak</source>
        <translation>LoRA 峰值</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>activations, truncated models, bf16 on a CPU with AVX512-BF16</source>
        <translation>激活，截短的模型，带 AVX512-BF16 的 CPU 上的 bf16</translation>
    </message>
    <message>
        <source>activations, truncated models, bf16 on a CPU without AVX512-BF16</source>
        <translation>激活，截短的模型，不带 AVX512-BF16 的 CPU 上的 bf16</translation>
    </message>
    <message>
        <source>activations, truncated models, fp32 on a CPU</source>
        <translation>激活，截短的模型，CPU 上的 fp32</translation>
    </message>
    <message>
        <source>base and adapters</source>
        <translation>基础模型和适配器</translation>
    </message>
    <message>
        <source>compute buffer in published logs</source>
        <translation>公布日志中的计算缓冲区</translation>
    </message>
    <message>
        <source>compute buffer on each of several GPUs</source>
        <translation>多 GPU 时每个 GPU 上的计算缓冲区</translation>
    </message>
    <message>
        <source>compute buffer on the CPU</source>
        <translation>CPU 上的计算缓冲区</translation>
    </message>
    <message>
        <source>compute buffer on the GPU</source>
        <translation>GPU 上的计算缓冲区</translation>
    </message>
    <message>
        <source>compute buffer on the GPU, experts in RAM</source>
        <translation>GPU 上的计算缓冲区，专家在内存</translation>
    </message>
    <message>
        <source>compute buffer on the GPU, some layers in RAM</source>
        <translation>GPU 上的计算缓冲区，部分层在内存</translation>
    </message>
    <message>
        <source>pinned buffer in RAM beside GPUs</source>
        <translation>GPU 之外的锁页缓冲区</translation>
    </message>
    <message>
        <source>published files, sizes rounded on the Hub</source>
        <translation>公布的文件，Hub 上取整的大小</translation>
    </message>
    <message>
        <source>published files, to the byte</source>
        <translation>公布的文件，精确到字节</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>weights, counted by its quantiser</source>
        <translation>权重，由其量化器统计</translation>
    </message>
    <message>
        <source>weights, truncated models</source>
        <translation>权重，截短的模型</translation>
    </message>
    <message>
        <source>whole process</source>
        <translation>整个进程</translation>
    </message>
    <message>
        <source>whole process on the CPU</source>
        <translation>CPU 上的整个进程</translation>
    </message>
</context>
<context>
    <name>destinations</name>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>quant format</source>
        <translation>量化格式</translation>
    </message>
    <message>
        <source>memory to fit into</source>
        <translation>目标内存</translation>
    </message>
    <message>
        <source>what if</source>
        <translation>假设</translation>
    </message>
</context>
<context>
    <name>diagram</name>
    <message>
        <source>Token embedding</source>
        <translation>token 嵌入</translation>
    </message>
    <message>
        <source>{norm}</source>
        <translation>{norm}</translation>
    </message>
    <message>
        <source>Self-attention</source>
        <translation>自注意力</translation>
    </message>
    <message>
        <source>Window attention</source>
        <translation>窗口注意力</translation>
    </message>
    <message>
        <source>Full attention</source>
        <translation>全注意力</translation>
    </message>
    <message>
        <source>Cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>Mamba</source>
        <translation>Mamba</translation>
    </message>
    <message>
        <source>Gated memory</source>
        <translation>门控记忆</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Final {norm}</source>
        <translation>最终 {norm}</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>window attention</source>
        <translation>窗口注意力</translation>
    </message>
    <message>
        <source>full attention</source>
        <translation>全注意力</translation>
    </message>
    <message>
        <source>gated memory</source>
        <translation>门控记忆</translation>
    </message>
    <message>
        <source>cross-attention</source>
        <translation>交叉注意力</translation>
    </message>
    <message>
        <source>block-sparse</source>
        <translation>块稀疏</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>{model} at {format}</source>
        <translation>{model}，{format}</translation>
    </message>
    <message>
        <source>Colour: share of the {size} of weights</source>
        <translation>颜色：占 {size} 权重的比例</translation>
    </message>
    <message>
        <source>Colour: share of the {count} parameters</source>
        <translation>颜色：占 {count} 参数的比例</translation>
    </message>
    <message>
        <source>{used} of {count} parameters are used for one token of text</source>
        <translation>一个文本 token 使用 {count} 参数中的 {used}</translation>
    </message>
    <message>
        <source>No sizes are published</source>
        <translation>未公布尺寸</translation>
    </message>
    <message>
        <source>{model} is closed: neither its layers nor its weights are known.</source>
        <translation>{model} 是封闭的：层和权重均未知。</translation>
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
        <translation>输入 token</translation>
    </message>
    <message>
        <source>up to {count}</source>
        <translation>最多 {count}</translation>
    </message>
    <message>
        <source>one sequence of tokens</source>
        <translation>一个 token 序列</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>one of these in each layer</source>
        <translation>每层为其中之一</translation>
    </message>
    <message>
        <source>× {count} layers</source>
        <translation>× {count} 层</translation>
    </message>
    <message>
        <source>each layer {parameters} · {size}</source>
        <translation>每层 {parameters} · {size}</translation>
    </message>
    <message>
        <source>a layer on average {parameters} · {size}</source>
        <translation>平均每层 {parameters} · {size}</translation>
    </message>
    <message>
        <source>each layer {parameters}</source>
        <translation>每层 {parameters}</translation>
    </message>
    <message>
        <source>all {parameters} · {size}</source>
        <translation>合计 {parameters} · {size}</translation>
    </message>
    <message>
        <source>all {parameters}</source>
        <translation>合计 {parameters}</translation>
    </message>
    <message>
        <source>Layer by layer</source>
        <translation>逐层</translation>
    </message>
    <message>
        <source>{parameters} · {size}</source>
        <translation>{parameters} · {size}</translation>
    </message>
    <message>
        <source>on {count} layers</source>
        <translation>在 {count} 层中</translation>
    </message>
    <message>
        <source>on 1 layer</source>
        <translation>在 1 层中</translation>
    </message>
    <message>
        <source>{heads} query · {kv_heads} key-value heads × {dim}</source>
        <translation>{heads} 查询 · {kv_heads} 键值头 × {dim}</translation>
    </message>
    <message>
        <source>RoPE on {part} of {dim} dims</source>
        <translation>RoPE 作用于 {dim} 维中的 {part} 维</translation>
    </message>
    <message>
        <source>RoPE on all {dim} dims</source>
        <translation>RoPE 作用于全部 {dim} 维</translation>
    </message>
    <message>
        <source>no position encoding</source>
        <translation>无位置编码</translation>
    </message>
    <message>
        <source>window: {count} tokens</source>
        <translation>窗口：{count} 个 token</translation>
    </message>
    <message>
        <source>block-sparse, 1 layer in {count} dense</source>
        <translation>块稀疏，每 {count} 层有 1 层稠密</translation>
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
        <translation>全注意力的 K、V</translation>
    </message>
    <message>
        <source>softmax · V → output projection</source>
        <translation>softmax · V → 输出投影</translation>
    </message>
    <message>
        <source>differential softmax</source>
        <translation>差分 softmax</translation>
    </message>
    <message>
        <source>softmax · V → output</source>
        <translation>softmax · V → 输出</translation>
    </message>
    <message>
        <source>{rows} × {columns}</source>
        <translation>{rows} × {columns}</translation>
    </message>
    <message>
        <source>one norm feeds both branches</source>
        <translation>一个归一化供两个分支</translation>
    </message>
    <message>
        <source>{activation} gate, {count} matrices</source>
        <translation>{activation} 门控，{count} 个矩阵</translation>
    </message>
    <message>
        <source>{activation}, {count} matrices</source>
        <translation>{activation}，{count} 个矩阵</translation>
    </message>
    <message>
        <source>{words}, with bias</source>
        <translation>{words}，带偏置</translation>
    </message>
    <message>
        <source>gate and up {inputs} → 2 × {outputs}</source>
        <translation>gate 与 up {inputs} → 2 × {outputs}</translation>
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
        <translation>{count} 选 {used}</translation>
    </message>
    <message>
        <source>{used} of {count} are used for a token</source>
        <translation>每个 token 使用 {count} 中的 {used} 个</translation>
    </message>
    <message>
        <source>each: gate, up {inputs} → {outputs}, down</source>
        <translation>各：gate、up {inputs} → {outputs}、down</translation>
    </message>
    <message>
        <source>state {state} · convolution {conv}</source>
        <translation>状态 {state} · 卷积 {conv}</translation>
    </message>
    <message>
        <source>in {inputs} → 2 × {outputs}</source>
        <translation>入 {inputs} → 2 × {outputs}</translation>
    </message>
    <message>
        <source>selective scan</source>
        <translation>选择性扫描</translation>
    </message>
    <message>
        <source>out {inputs} → {outputs}</source>
        <translation>出 {inputs} → {outputs}</translation>
    </message>
    <message>
        <source>gates Mamba&apos;s memory</source>
        <translation>门控 Mamba 的记忆</translation>
    </message>
    <message>
        <source>the token embedding again (tied)</source>
        <translation>再次使用 token 嵌入（共享）</translation>
    </message>
    <message>
        <source>{inputs} → {outputs}</source>
        <translation>{inputs} → {outputs}</translation>
    </message>
    <message>
        <source>{count} layers</source>
        <translation>{count} 层</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>秩 {rank}</translation>
    </message>
    <message>
        <source>not in this file</source>
        <translation>不在此文件中</translation>
    </message>
    <message>
        <source>KV cache, per token ({cache_type})</source>
        <translation>KV 缓存，每个 token（{cache_type}）</translation>
    </message>
    <message>
        <source>{formula} = {size}</source>
        <translation>{formula} = {size}</translation>
    </message>
    <message>
        <source>{layers} layers stop at {count} tokens</source>
        <translation>{layers} 层止于 {count} 个 token</translation>
    </message>
    <message>
        <source>{layers} layers keep a state of fixed size</source>
        <translation>{layers} 层保持固定大小的状态</translation>
    </message>
    <message>
        <source>{title}: {facts}</source>
        <translation>{title}：{facts}</translation>
    </message>
    <message>
        <source>{parameters} parameters</source>
        <translation>{parameters} 参数</translation>
    </message>
    <message>
        <source>{size}, {share} of the weights</source>
        <translation>{size}，占权重的 {share}</translation>
    </message>
    <message>
        <source>{share} of the parameters</source>
        <translation>占参数的 {share}</translation>
    </message>
    <message>
        <source>in {count} layers</source>
        <translation>在 {count} 层中</translation>
    </message>
    <message>
        <source>no weights of its own</source>
        <translation>自身没有权重</translation>
    </message>
    <message>
        <source>Block diagram of {model}: {blocks}.</source>
        <translation>{model} 的模块图：{blocks}。</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Released</source>
        <translation>发布日期</translation>
    </message>
    <message>
        <source>About the release</source>
        <translation>关于发布</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licence before</source>
        <translation>以前的许可证</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Takes in</source>
        <translation>输入类型</translation>
    </message>
    <message>
        <source>Follows instructions</source>
        <translation>遵循指令</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>Size as marketed</source>
        <translation>标称大小</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Active for a token</source>
        <translation>每个 token 激活</translation>
    </message>
    <message>
        <source>Parameters, derived</source>
        <translation>参数（推导）</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Training tokens</source>
        <translation>训练 token 数</translation>
    </message>
    <message>
        <source>Training compute</source>
        <translation>训练算力</translation>
    </message>
    <message>
        <source>Knowledge until</source>
        <translation>知识截止</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>发表于</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>GGUF header, bytes</source>
        <translation>GGUF 头，字节</translation>
    </message>
    <message>
        <source>Benchmarks</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Embedding length</source>
        <translation>嵌入维度</translation>
    </message>
    <message>
        <source>Feed-forward length</source>
        <translation>前馈维度</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头</translation>
    </message>
    <message>
        <source>KV heads</source>
        <translation>KV 头</translation>
    </message>
    <message>
        <source>Head dimension</source>
        <translation>头维度</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Embedding is the head too</source>
        <translation>嵌入兼作输出头</translation>
    </message>
    <message>
        <source>Rotated values of a head</source>
        <translation>每个头的旋转值</translation>
    </message>
    <message>
        <source>Context limit</source>
        <translation>上下文上限</translation>
    </message>
    <message>
        <source>Positions in the config</source>
        <translation>配置中的位置数</translation>
    </message>
    <message>
        <source>RoPE theta</source>
        <translation>RoPE theta</translation>
    </message>
    <message>
        <source>Longrope factors</source>
        <translation>Longrope 因子</translation>
    </message>
    <message>
        <source>Sliding window</source>
        <translation>滑动窗口</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Experts for a token</source>
        <translation>每个 token 的专家</translation>
    </message>
    <message>
        <source>State dimension</source>
        <translation>状态维度</translation>
    </message>
    <message>
        <source>Convolution width</source>
        <translation>卷积宽度</translation>
    </message>
    <message>
        <source>Inner dimension</source>
        <translation>内部维度</translation>
    </message>
    <message>
        <source>Time step rank</source>
        <translation>时间步秩</translation>
    </message>
    <message>
        <source>Mamba layers</source>
        <translation>Mamba 层</translation>
    </message>
    <message>
        <source>Layers with a window</source>
        <translation>窗口层</translation>
    </message>
    <message>
        <source>Layers with full attention</source>
        <translation>全注意力层</translation>
    </message>
    <message>
        <source>Gated memory layers</source>
        <translation>门控记忆层</translation>
    </message>
    <message>
        <source>Cross-attention layers</source>
        <translation>交叉注意力层</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>In the block</source>
        <translation>模块内</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置编码</translation>
    </message>
    <message>
        <source>About the window</source>
        <translation>关于窗口</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 epsilon</translation>
    </message>
    <message>
        <source>Bias in attention</source>
        <translation>注意力偏置</translation>
    </message>
    <message>
        <source>Bias in feed-forward</source>
        <translation>前馈偏置</translation>
    </message>
    <message>
        <source>Bias in the head</source>
        <translation>输出头偏置</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
</context>
<context>
    <name>figure_words</name>
    <message>
        <source>Memory needed</source>
        <translation>所需内存</translation>
    </message>
    <message>
        <source>Largest context</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>token/秒</translation>
    </message>
    <message>
        <source>Share of target</source>
        <translation>占目标的比例</translation>
    </message>
    <message>
        <source>What each model needs in each format at the chosen context, in {unit}</source>
        <translation>各模型各格式在所选上下文下的需求，单位 {unit}</translation>
    </message>
    <message>
        <source>The longest context that fits wholly on the target; ~ stands before one that is not promised</source>
        <translation>能完全放入目标的最长上下文；~ 表示没有保证</translation>
    </message>
    <message>
        <source>How fast one sequence is generated at the chosen context: modelled from the memory&apos;s bandwidth, not measured</source>
        <translation>一个序列在所选上下文下的生成速度：由内存带宽模拟，非实测</translation>
    </message>
    <message>
        <source>What each model needs, as a share of what is free on the target</source>
        <translation>各模型的需求占目标空闲量的比例</translation>
    </message>
    <message>
        <source>{unit} needed at up to {tokens}</source>
        <translation>最长 {tokens} 所需的 {unit}</translation>
    </message>
    <message>
        <source>{unit} needed at {tokens}</source>
        <translation>{tokens} 所需的 {unit}</translation>
    </message>
    <message>
        <source>Largest context, k = 1,024 tokens</source>
        <translation>最长上下文，k = 1,024 个 token</translation>
    </message>
    <message>
        <source>Tokens/s at {tokens}, modelled</source>
        <translation>{tokens} 时的 token/秒，模拟</translation>
    </message>
    <message>
        <source>Share of what is free, at {tokens}</source>
        <translation>{tokens} 时占空闲量的比例</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Contexts and speeds are worked out for models of the catalogue, not for files.</source>
        <translation>上下文和速度针对目录中的模型计算，不针对文件。</translation>
    </message>
    <message>
        <source>About {rate} tokens per second, modelled</source>
        <translation>约 {rate} token/秒，模拟</translation>
    </message>
    <message>
        <source>Fits with a context of up to {tokens}</source>
        <translation>上下文最长 {tokens} 放得下</translation>
    </message>
    <message>
        <source>May fit with a context of up to {tokens}; none is promised</source>
        <translation>上下文最长 {tokens} 可能放得下；没有保证</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>token/秒</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>&gt; {percent} %</source>
        <translation>&gt; {percent}%</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Open a saved answer</source>
        <translation>打开保存的结果</translation>
    </message>
    <message>
        <source>Reports and answers</source>
        <translation>报告和结果</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Export comparison</source>
        <translation>导出比较</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Models, configs, machine cards, logs</source>
        <translation>模型、配置、机器卡片、日志</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
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
        <translation>打开机器卡片</translation>
    </message>
    <message>
        <source>Machine cards</source>
        <translation>机器卡片</translation>
    </message>
</context>
<context>
    <name>grid_copy</name>
    <message>
        <source>Own file</source>
        <translation>自己的文件</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>{quant_format} ({unit})</source>
        <translation>{quant_format}（{unit}）</translation>
    </message>
    <message>
        <source>{quant_format} verdict</source>
        <translation>{quant_format} 判定</translation>
    </message>
</context>
<context>
    <name>help</name>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
</context>
<context>
    <name>option_rows</name>
    <message>
        <source>Layers on the GPU</source>
        <translation>GPU 上的层</translation>
    </message>
    <message>
        <source>How many layers the GPU holds (-ngl); the others stay in RAM. Automatic is as many as fit.</source>
        <translation>GPU 承载的层数（-ngl）；其余留在内存。自动即放入尽可能多的层。</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Layers with experts in RAM</source>
        <translation>专家留在内存的层</translation>
    </message>
    <message>
        <source>In so many of the first layers the experts&apos; weights stay in RAM (--n-cpu-moe). Models without experts do not care.</source>
        <translation>前若干层的专家权重留在内存（--n-cpu-moe）。没有专家的模型不受影响。</translation>
    </message>
    <message>
        <source>Several GPUs</source>
        <translation>多个 GPU</translation>
    </message>
    <message>
        <source>Whether one GPU holds the model, or its layers are spread (-sm).</source>
        <translation>由一个 GPU 承载模型，还是将层分散（-sm）。</translation>
    </message>
    <message>
        <source>one GPU</source>
        <translation>一个 GPU</translation>
    </message>
    <message>
        <source>layers over all</source>
        <translation>层分到全部</translation>
    </message>
    <message>
        <source>Shares of the GPUs</source>
        <translation>各 GPU 的份额</translation>
    </message>
    <message>
        <source>The part of each GPU, such as 3,1 (-ts), where layers are spread. Empty: by what is free.</source>
        <translation>层分散时各 GPU 的份额，例如 3,1（-ts）。留空：按空闲量。</translation>
    </message>
    <message>
        <source>Rearranged copy on the CPU</source>
        <translation>CPU 上的重排副本</translation>
    </message>
    <message>
        <source>A CPU with AVX2 keeps a second, rearranged copy of some weights and reads prompts faster; off is --no-repack.</source>
        <translation>带 AVX2 的 CPU 保留部分权重的重排副本，读取提示词更快；关闭即 --no-repack。</translation>
    </message>
    <message>
        <source>Flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>Takes less memory in long contexts (-fa); a quantised cache of values needs it.</source>
        <translation>长上下文时占用更少内存（-fa）；量化的值缓存需要它。</translation>
    </message>
    <message>
        <source>Type of cached values</source>
        <translation>缓存值的类型</translation>
    </message>
    <message>
        <source>How the values of past tokens are stored (-ctv). The KV cache above the grid sets keys and values; here the values can differ.</source>
        <translation>过去 token 的值如何存储（-ctv）。表格上方的 KV 缓存同时设置键和值；这里可单独设置值。</translation>
    </message>
    <message>
        <source>One cache for all sequences</source>
        <translation>所有序列共用一个缓存</translation>
    </message>
    <message>
        <source>Parallel sequences share one cache instead of a part each (--kv-unified).</source>
        <translation>并行序列共享一个缓存，而不是各占一部分（--kv-unified）。</translation>
    </message>
    <message>
        <source>The most tokens of a prompt handed over at once (-b).</source>
        <translation>一次提交的提示词 token 上限（-b）。</translation>
    </message>
    <message>
        <source>Micro-batch size</source>
        <translation>微批次大小</translation>
    </message>
    <message>
        <source>The most tokens computed at once (-ub); the compute buffer grows with it.</source>
        <translation>一次计算的 token 上限（-ub）；计算缓冲区随之增长。</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>llama-server and llama-cli reserve logits for one token a sequence; other programs on the library for every token of a micro-batch.</source>
        <translation>llama-server 和 llama-cli 为每个序列的一个 token 预留 logits；使用该库的其他程序为微批次的每个 token 预留。</translation>
    </message>
    <message>
        <source>llama-server</source>
        <translation>llama-server</translation>
    </message>
    <message>
        <source>the library</source>
        <translation>该库</translation>
    </message>
    <message>
        <source>Quantised with</source>
        <translation>量化工具</translation>
    </message>
    <message>
        <source>The generation of llama.cpp&apos;s quantiser that made the file; older ones chose other types for some tensors.</source>
        <translation>制作文件的 llama.cpp 量化器版本；旧版本对某些张量选择其他类型。</translation>
    </message>
    <message>
        <source>today&apos;s rules</source>
        <translation>当前规则</translation>
    </message>
    <message>
        <source>rules of May 2024</source>
        <translation>2024 年 5 月的规则</translation>
    </message>
    <message>
        <source>rules of 2023</source>
        <translation>2023 年的规则</translation>
    </message>
    <message>
        <source>Tensors stored</source>
        <translation>张量存储方式</translation>
    </message>
    <message>
        <source>How the converter stored q, k, v and gate, up: as the checkpoint has them, joined, or apart.</source>
        <translation>转换器如何存储 q、k、v 与 gate、up：按检查点、合并或分开。</translation>
    </message>
    <message>
        <source>as published</source>
        <translation>按发布方式</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>apart</source>
        <translation>分开</translation>
    </message>
    <message>
        <source>Importance matrix</source>
        <translation>重要性矩阵</translation>
    </message>
    <message>
        <source>Whether the file was quantised with an importance matrix, which changes the types of a few tensors.</source>
        <translation>量化时是否用了重要性矩阵，它会改变少数张量的类型。</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>A fused kernel, or one that keeps every score of the prompt in memory.</source>
        <translation>融合内核，或把提示词的每个分数保留在内存中的内核。</translation>
    </message>
    <message>
        <source>fused (sdpa)</source>
        <translation>融合 (sdpa)</translation>
    </message>
    <message>
        <source>plain (eager)</source>
        <translation>普通 (eager)</translation>
    </message>
    <message>
        <source>Kind of cache</source>
        <translation>缓存方式</translation>
    </message>
    <message>
        <source>One that grows with each token, or of full length at the start.</source>
        <translation>随 token 增长，或一开始就为完整长度。</translation>
    </message>
    <message>
        <source>grows</source>
        <translation>增长</translation>
    </message>
    <message>
        <source>full length</source>
        <translation>完整长度</translation>
    </message>
    <message>
        <source>Share of the GPU&apos;s memory</source>
        <translation>显存占用比例</translation>
    </message>
    <message>
        <source>What vLLM takes of the card at its start (--gpu-memory-utilization).</source>
        <translation>vLLM 启动时占用显卡的比例（--gpu-memory-utilization）。</translation>
    </message>
    <message>
        <source>Most sequences at once</source>
        <translation>同时序列上限</translation>
    </message>
    <message>
        <source>How many requests one step serves at most (--max-num-seqs).</source>
        <translation>一步最多处理的请求数（--max-num-seqs）。</translation>
    </message>
    <message>
        <source>The most tokens of one step (--max-num-batched-tokens).</source>
        <translation>一步的 token 上限（--max-num-batched-tokens）。</translation>
    </message>
    <message>
        <source>GPUs for each layer</source>
        <translation>每层的 GPU 数</translation>
    </message>
    <message>
        <source>Cards that share every layer (--tensor-parallel-size); figures are of one.</source>
        <translation>共同承担每一层的卡数（--tensor-parallel-size）；数值为单卡的。</translation>
    </message>
    <message>
        <source>Without CUDA graphs</source>
        <translation>不用 CUDA 图</translation>
    </message>
    <message>
        <source>Saves the graphs&apos; memory and costs speed (--enforce-eager).</source>
        <translation>节省图的内存，但降低速度（--enforce-eager）。</translation>
    </message>
    <message>
        <source>Maximum length</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Tokens that the cache is made for (max_length), no fewer than the context.</source>
        <translation>缓存所按的 token 数（max_length），不少于上下文。</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>分块大小</translation>
    </message>
    <message>
        <source>Tokens of the prompt that are read at once (chunk_size).</source>
        <translation>一次读取的提示词 token 数（chunk_size）。</translation>
    </message>
    <message>
        <source>the whole prompt</source>
        <translation>整个提示词</translation>
    </message>
    <message>
        <source>Prompt length</source>
        <translation>提示词长度</translation>
    </message>
    <message>
        <source>Tokens that are read in one go; working memory is reserved for them.</source>
        <translation>一次读取的 token 数；为其预留工作内存。</translation>
    </message>
    <message>
        <source>as the context</source>
        <translation>与上下文相同</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>receipt</name>
    <message>
        <source>{model} in {quant_format} with {tokens}, as {program} ran it</source>
        <translation>{model}，{quant_format}，{tokens}，由 {program} 运行</translation>
    </message>
    <message>
        <source>Log against prediction</source>
        <translation>日志与预测对照</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>{part} · {devices}</source>
        <translation>{part} · {devices}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{size} ({percent} %)</source>
        <translation>{size}（{percent}%）</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>PDF, to print and attach</source>
        <translation>PDF，用于打印和附件</translation>
    </message>
    <message>
        <source>HTML, one page for a browser</source>
        <translation>HTML，浏览器单页</translation>
    </message>
    <message>
        <source>Markdown, for a ticket</source>
        <translation>Markdown，用于工单</translation>
    </message>
    <message>
        <source>JSON, for programs</source>
        <translation>JSON，供程序使用</translation>
    </message>
    <message>
        <source>CSV, for a spreadsheet</source>
        <translation>CSV，用于电子表格</translation>
    </message>
    <message>
        <source>SVG, one picture</source>
        <translation>SVG，一张图片</translation>
    </message>
    <message>
        <source>PNG, one picture</source>
        <translation>PNG，一张图片</translation>
    </message>
    <message>
        <source>This plan</source>
        <translation>此方案</translation>
    </message>
    <message>
        <source>This model, every format</source>
        <translation>此模型，所有格式</translation>
    </message>
    <message>
        <source>All models, every format</source>
        <translation>所有模型，所有格式</translation>
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
        <translation>判定</translation>
    </message>
    <message>
        <source>Memory, line by line</source>
        <translation>内存明细</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory against context</source>
        <translation>内存与上下文</translation>
    </message>
    <message>
        <source>Longest contexts</source>
        <translation>最长上下文</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>Shown on paper. A browser shows the same content as wide as its window, in light or dark as the system is.</source>
        <translation>按纸张显示。浏览器以窗口宽度显示同样内容，随系统为浅色或深色。</translation>
    </message>
    <message>
        <source>A picture is of this plan.</source>
        <translation>图片只针对此方案。</translation>
    </message>
    <message>
        <source>Your own file leads no report: choose a model of the catalogue for that.</source>
        <translation>自己的文件不能作为报告的主体：请选择目录中的模型。</translation>
    </message>
    <message>
        <source>There is no picture: nothing can be said of this plan.</source>
        <translation>没有图片：对此方案无从判断。</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} 页</translation>
    </message>
</context>
<context>
    <name>row_filter</name>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>moe</source>
        <translation>moe</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
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
        <translation>sh、bash 或 zsh</translation>
    </message>
    <message>
        <source>Python program for {tool}</source>
        <translation>{tool} 的 Python 程序</translation>
    </message>
    <message>
        <source>Command for {tool}</source>
        <translation>{tool} 的命令</translation>
    </message>
    <message>
        <source>The size of the file is not known.</source>
        <translation>文件大小未知。</translation>
    </message>
    <message>
        <source>The file takes {size}; how much the disk has free is not known.</source>
        <translation>文件需 {size}；磁盘空闲量未知。</translation>
    </message>
    <message>
        <source>The file takes {size}; {free} are free on the disk.</source>
        <translation>文件需 {size}；磁盘空闲 {free}。</translation>
    </message>
    <message>
        <source>The file takes {size}, but only {free} are free on the disk.</source>
        <translation>文件需 {size}，但磁盘只有 {free} 空闲。</translation>
    </message>
    <message>
        <source>{file} by {publisher}</source>
        <translation>{file}，由 {publisher} 发布</translation>
    </message>
    <message>
        <source>{bytes} bytes ({size}); {ours}</source>
        <translation>{bytes} 字节（{size}）；{ours}</translation>
    </message>
    <message>
        <source>{rounded} GB as published ({size}); {ours}</source>
        <translation>公布为 {rounded} GB（{size}）；{ours}</translation>
    </message>
    <message>
        <source>ours is the same to the byte</source>
        <translation>我们的结果逐字节相同</translation>
    </message>
    <message>
        <source>ours is within 0.005 %</source>
        <translation>我们的结果误差在 0.005 % 以内</translation>
    </message>
    <message>
        <source>ours is {percent} % smaller</source>
        <translation>我们的结果小 {percent} %</translation>
    </message>
    <message>
        <source>ours is {percent} % larger</source>
        <translation>我们的结果大 {percent} %</translation>
    </message>
</context>
<context>
    <name>sheet</name>
    <message>
        <source>Release and licence</source>
        <translation>发布与许可证</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>How it is built</source>
        <translation>构造</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Beside the text model</source>
        <translation>文本模型之外</translation>
    </message>
    <message>
        <source>Runtimes</source>
        <translation>运行时</translation>
    </message>
    <message>
        <source>Checkpoint and downloads</source>
        <translation>检查点与下载</translation>
    </message>
    <message>
        <source>Counted here from the named tensors.</source>
        <translation>由此处的命名张量统计得出。</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未公布</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>runs it</source>
        <translation>可以运行</translation>
    </message>
    <message>
        <source>runs its text part</source>
        <translation>可运行文本部分</translation>
    </message>
    <message>
        <source>does not run it</source>
        <translation>不能运行</translation>
    </message>
    <message>
        <source>Another source says: {other}. {why}</source>
        <translation>另一来源称：{other}。{why}</translation>
    </message>
    <message>
        <source>Benchmarks, as published</source>
        <translation>基准测试（按公布）</translation>
    </message>
    <message>
        <source>Published files</source>
        <translation>公布的文件</translation>
    </message>
    <message>
        <source>Their size, and how far ours for such a file is from it.</source>
        <translation>文件大小，以及我们对此类文件的计算与之相差多少。</translation>
    </message>
    <message>
        <source>Rounded by its publisher; ours is within {percent} %.</source>
        <translation>发布者做了取整；我们的结果误差在 {percent} % 以内。</translation>
    </message>
    <message>
        <source>{size} bytes more than ours.</source>
        <translation>比我们的结果多 {size} 字节。</translation>
    </message>
    <message>
        <source>{size} bytes less than ours.</source>
        <translation>比我们的结果少 {size} 字节。</translation>
    </message>
    <message>
        <source>Ours is the same to the byte.</source>
        <translation>与我们的结果逐字节相同。</translation>
    </message>
    <message>
        <source>{size} bytes · {gib}</source>
        <translation>{size} 字节 · {gib}</translation>
    </message>
    <message>
        <source>{quant_format}, {publisher}</source>
        <translation>{quant_format}，{publisher}</translation>
    </message>
    <message>
        <source>Integrity</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>Published facts, whose sources stand above, and what we checked ourselves. There is no score.</source>
        <translation>已公布的事实（来源见上）以及我们自己的核对。没有评分。</translation>
    </message>
    <message>
        <source>{field}: {value}</source>
        <translation>{field}：{value}</translation>
    </message>
    <message>
        <source>Provenance</source>
        <translation>来历</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>算力</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Versioning</source>
        <translation>版本管理</translation>
    </message>
    <message>
        <source>Check: file sizes</source>
        <translation>核对：文件大小</translation>
    </message>
    <message>
        <source>Equal to the byte: {ours} of {theirs}. Within 0.005 %: {near} of {theirs}.</source>
        <translation>逐字节相同：{theirs} 个中 {ours} 个。误差 0.005 % 以内：{theirs} 个中 {near} 个。</translation>
    </message>
    <message>
        <source>Check: parameters</source>
        <translation>核对：参数</translation>
    </message>
    <message>
        <source>Check: active parameters</source>
        <translation>核对：激活参数</translation>
    </message>
    <message>
        <source>Derived from the shape {ours}, published {theirs}.</source>
        <translation>由形状推导 {ours}，公布 {theirs}。</translation>
    </message>
    <message>
        <source>Memory at {tokens}</source>
        <translation>{tokens} 时的内存</translation>
    </message>
    <message>
        <source>{publisher} says {size}, read on {day}</source>
        <translation>{publisher} 称 {size}，{day} 查阅</translation>
    </message>
    <message>
        <source>What others say</source>
        <translation>其他来源的说法</translation>
    </message>
    <message>
        <source>Quoted, not checked.</source>
        <translation>引用，未核对。</translation>
    </message>
    <message>
        <source>Sources differ</source>
        <translation>来源不一致</translation>
    </message>
    <message>
        <source>Not certain</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Further sources</source>
        <translation>更多来源</translation>
    </message>
</context>
<context>
    <name>speed</name>
    <message>
        <source>modelled, not measured</source>
        <translation>模拟值，非实测</translation>
    </message>
    <message>
        <source>{rates} tokens per second</source>
        <translation>{rates} token/秒</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>Limited by memory bandwidth: each token reads all the weights that it uses and the cache. {rates}; programs reach {low} to {high} % of it.</source>
        <translation>受内存带宽限制：每个 token 都要读取所用的全部权重和缓存。{rates}；程序可达到其 {low} 到 {high} %。</translation>
    </message>
    <message>
        <source>Limited by compute, or by reading the weights where a prompt is short. {rates}; programs reach {low} to {high} % of it.</source>
        <translation>受算力限制，提示词短时受读取权重限制。{rates}；程序可达到其 {low} 到 {high} %。</translation>
    </message>
    <message>
        <source>{pool}: {rate} GB/s</source>
        <translation>{pool}：{rate} GB/s</translation>
    </message>
    <message>
        <source>{pool}: {rate} TFLOPS in FP16</source>
        <translation>{pool}：FP16 {rate} TFLOPS</translation>
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
        <translation>其他程序占用 {size}</translation>
    </message>
    <message>
        <source>Left free {size}</source>
        <translation>剩余 {size}</translation>
    </message>
    <message>
        <source>May need {size} more</source>
        <translation>可能再需 {size}</translation>
    </message>
    <message>
        <source>Too much by {size}</source>
        <translation>超出 {size}</translation>
    </message>
    <message>
        <source>Reserve {size}</source>
        <translation>预留 {size}</translation>
    </message>
    <message>
        <source>Capacity {size}</source>
        <translation>容量 {size}</translation>
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
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个 token</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
    <message>
        <source>yyyy-MM-dd</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Repacked weights</source>
        <translation>重排的权重</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV 缓存</translation>
    </message>
    <message>
        <source>Compute buffer</source>
        <translation>计算缓冲区</translation>
    </message>
    <message>
        <source>Output buffer</source>
        <translation>输出缓冲区</translation>
    </message>
    <message>
        <source>Runtime overhead</source>
        <translation>运行时开销</translation>
    </message>
    <message>
        <source>On the GPU</source>
        <translation>在 GPU 上</translation>
    </message>
    <message>
        <source>In RAM</source>
        <translation>在内存中</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>放得下</translation>
    </message>
    <message>
        <source>fits, tight</source>
        <translation>放得下，紧张</translation>
    </message>
    <message>
        <source>part of it in RAM</source>
        <translation>部分在内存</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>放不下</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>不支持</translation>
    </message>
    <message>
        <source>Not supported: {reason}</source>
        <translation>不支持：{reason}</translation>
    </message>
    <message>
        <source>Not known: {reason}</source>
        <translation>未知：{reason}</translation>
    </message>
    <message>
        <source>Does not fit: {reason}</source>
        <translation>放不下：{reason}</translation>
    </message>
    <message>
        <source>about {count}</source>
        <translation>约 {count}</translation>
    </message>
    <message>
        <source>{name} · RAM</source>
        <translation>{name} · 内存</translation>
    </message>
    <message>
        <source>unified memory</source>
        <translation>统一内存</translation>
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
        <translation>{program}：{size}</translation>
    </message>
    <message>
        <source>and {count} more programs</source>
        <translation>以及另外 {count} 个程序</translation>
    </message>
    <message>
        <source>not this computer</source>
        <translation>不是本机</translation>
    </message>
    <message>
        <source>size not known</source>
        <translation>大小未知</translation>
    </message>
    <message>
        <source>{total}, free not known</source>
        <translation>{total}，空闲未知</translation>
    </message>
    <message>
        <source>{free} free, total not known</source>
        <translation>空闲 {free}，总量未知</translation>
    </message>
    <message>
        <source>{free} available of {total}</source>
        <translation>可用 {free}，共 {total}</translation>
    </message>
    <message>
        <source>{free} free of {total}</source>
        <translation>空闲 {free}，共 {total}</translation>
    </message>
    <message>
        <source>Fits in RAM: needs {needed} of {free} {unit} available</source>
        <translation>内存放得下：需要 {needed}，可用 {free} {unit}</translation>
    </message>
    <message>
        <source>Fits: needs {needed} of {free} {unit} free</source>
        <translation>放得下：需要 {needed}，空闲 {free} {unit}</translation>
    </message>
    <message>
        <source>Fits: needs {needed} of {share} {unit} that the runtime takes</source>
        <translation>放得下：需要 {needed}，运行时占用 {share} {unit}</translation>
    </message>
    <message>
        <source>Does not fit: needs {needed} of {share} {unit} that the runtime takes</source>
        <translation>放不下：需要 {needed}，运行时占用 {share} {unit}</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {share} {unit} that the runtime takes, and may need {high}</source>
        <translation>放得下，紧张：需要 {needed}，运行时占用 {share} {unit}，可能需要 {high}</translation>
    </message>
    <message>
        <source>Fits, tight: the runtime takes {share} of {free} {unit} free; the reserve is {reserve}</source>
        <translation>放得下，紧张：运行时占用 {share}，空闲 {free} {unit}；预留 {reserve}</translation>
    </message>
    <message>
        <source>Part in RAM: {layers} of {all_layers} layers on the GPU; all would need {needed}, {free} {unit} are free</source>
        <translation>部分在内存：{all_layers} 层中 {layers} 层在 GPU 上；全部需要 {needed}，空闲 {free} {unit}</translation>
    </message>
    <message>
        <source>Part in RAM: {layers} of {all_layers} layers on the GPU, which need {needed} of {free} {unit} free</source>
        <translation>部分在内存：{all_layers} 层中 {layers} 层在 GPU 上，需要 {needed}，空闲 {free} {unit}</translation>
    </message>
    <message>
        <source>Does not fit: needs {needed} {unit}, {free} {unit} are free</source>
        <translation>放不下：需要 {needed} {unit}，空闲 {free} {unit}</translation>
    </message>
    <message>
        <source>Does not fit: the GPU has room, but RAM is short for the part beside it</source>
        <translation>放不下：GPU 有空间，但其余部分内存不足</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free, and may need {high}</source>
        <translation>放得下，紧张：需要 {needed}，空闲 {free} {unit}，可能需要 {high}</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} to {high} of {free} {unit} free; the reserve is {reserve}</source>
        <translation>放得下，紧张：需要 {needed} 到 {high}，空闲 {free} {unit}；预留 {reserve}</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free; what RAM beside it has free is not known</source>
        <translation>放得下，紧张：需要 {needed}，空闲 {free} {unit}；其外的内存空闲量未知</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free, but RAM beside it is short</source>
        <translation>放得下，紧张：需要 {needed}，空闲 {free} {unit}，但其外的内存不足</translation>
    </message>
    <message>
        <source>Fits, tight: needs {needed} of {free} {unit} free</source>
        <translation>放得下，紧张：需要 {needed}，空闲 {free} {unit}</translation>
    </message>
</context>
</TS>
