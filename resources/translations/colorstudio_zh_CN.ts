<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name></name>
    <message>
        <source>The pages have more than {most} GiB unpacked, the most that is read of one archive. Split it.</source>
        <translation>这些页面解压后超过 {most} GiB，这是单个压缩包能读取的上限。请把它拆分。</translation>
    </message>
    <message>
        <source>There is no “{page}” in “{book}”.</source>
        <translation>“{book}”里没有“{page}”。</translation>
    </message>
    <message>
        <source>The archive holds a file that leads out of its folder (“{name}”). Don&apos;t trust it; if you do, unpack it yourself and colour the folder.</source>
        <translation>压缩包中有一个指向其文件夹之外的文件（“{name}”），不可轻信。如果确实信任它，请自行解压，然后为该文件夹上色。</translation>
    </message>
    <message>
        <source>There is no page in it that can be read. Leave it out.</source>
        <translation>其中没有可以读取的页面。请不要选它。</translation>
    </message>
    <message>
        <source>It has {pages:,} pages; at most {most:,} of one book are read. Split it.</source>
        <translation>它有 {pages:,} 页；一本书最多读取 {most:,} 页。请把它拆分。</translation>
    </message>
    <message>
        <source>The colour profile in the file is broken or does not fit its pixels, so it was left out: colours may look a little different.</source>
        <translation>文件中的颜色配置文件已损坏或与像素不符，因此未使用：颜色可能略有不同。</translation>
    </message>
    <message>
        <source>Part of the file is damaged or missing, so part of the picture may be wrong or empty.</source>
        <translation>文件有一部分损坏或缺失，图片的一部分可能有误或为空。</translation>
    </message>
    <message>
        <source>The picture is damaged, or of a kind that cannot be read. Open it in a paint program and save it again as PNG.</source>
        <translation>图片已损坏，或属于无法读取的类型。请在绘画软件中打开它，重新存为 PNG。</translation>
    </message>
    <message>
        <source>The file changed while it was being read. Start again when the other program has saved it.</source>
        <translation>读取时文件发生了变化。请等其他程序保存完毕后再试。</translation>
    </message>
    <message>
        <source>This is a folder, not a picture. Choose a picture in it.</source>
        <translation>这是文件夹，不是图片。请选择其中的图片。</translation>
    </message>
    <message>
        <source>This is a pipe, a socket or a device, not a picture file. Leave it out.</source>
        <translation>这是管道、套接字或设备，不是图片文件。请不要选它。</translation>
    </message>
    <message>
        <source>The file is empty. Export or copy the picture again.</source>
        <translation>文件是空的。请重新导出或复制图片。</translation>
    </message>
    <message>
        <source>The file has {size:,} bytes; at most {most:,} are read. Save it with compression, or smaller.</source>
        <translation>文件有 {size:,} 字节；最多读取 {most:,} 字节。请压缩保存，或缩小图片。</translation>
    </message>
    <message>
        <source>{width:,} x {height:,} = {pixels:,} pixels</source>
        <translation>{width:,} × {height:,} = {pixels:,} 像素</translation>
    </message>
    <message>
        <source>too many pixels</source>
        <translation>过多的像素</translation>
    </message>
    <message>
        <source>{pixels:,} pixels</source>
        <translation>{pixels:,} 像素</translation>
    </message>
    <message>
        <source>The picture claims {size}; at most {most:,} pixels are coloured. Scale it down or cut it into parts.</source>
        <translation>图片声称有 {size}；最多为 {most:,} 像素上色。请缩小它，或切成几部分。</translation>
    </message>
    <message>
        <source>This is not a picture of a kind that can be read (PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA, KRA). Save it again as PNG.</source>
        <translation>这不是可以读取的图片类型（PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA、KRA）。请重新存为 PNG。</translation>
    </message>
    <message>
        <source>{format} holds at most {longest:,} pixels a side; this picture has {width:,} x {height:,}. Choose PNG or TIFF.</source>
        <translation>{format} 每边最多 {longest:,} 像素；这张图片是 {width:,} × {height:,}。请选择 PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then run the same command again: finished pictures are kept.</source>
        <translation>磁盘已满。请腾出空间后再次运行：已完成的图片会保留。</translation>
    </message>
    <message>
        <source>{what} is not there. Check the name, and that its drive is connected.</source>
        <translation>找不到{what}。请检查名称，并确认所在磁盘已连接。</translation>
    </message>
    <message>
        <source>The drive that holds {what} does not answer properly. Check it, then try again.</source>
        <translation>{what}所在的磁盘没有正常响应。请检查后重试。</translation>
    </message>
    <message>
        <source>The system allows no more open files. Close other programs, then try again.</source>
        <translation>系统不允许再打开更多文件。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The name of {what} is too long for its disk. Use a shorter name or a folder higher up.</source>
        <translation>{what}的名称对磁盘来说太长。请使用更短的名称，或更上层的文件夹。</translation>
    </message>
    <message>
        <source>There is not enough memory for {what}. Close other programs or use a smaller picture.</source>
        <translation>内存不足，无法处理{what}。请关闭其他程序，或使用更小的图片。</translation>
    </message>
    <message>
        <source>There is no permission to open {what}. Change its permissions, or close the program that uses it.</source>
        <translation>没有权限打开{what}。请更改其权限，或关闭正在使用它的程序。</translation>
    </message>
    <message>
        <source>{what} can&apos;t be replaced: it is write-protected, or open in another program. Close it there, then start again.</source>
        <translation>无法替换{what}：它被写保护，或正在其他程序中打开。请在那里关闭它，然后重新开始。</translation>
    </message>
    <message>
        <source>The output folder is read-only. Choose another one.</source>
        <translation>输出文件夹是只读的。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>{what} is a folder. Choose a picture in it.</source>
        <translation>{what}是文件夹。请选择其中的图片。</translation>
    </message>
    <message>
        <source>{what} exists already. Choose another name.</source>
        <translation>{what}已存在。请选择其他名称。</translation>
    </message>
    <message>
        <source>{what} is a link that leads round in a circle. Choose the real file.</source>
        <translation>{what}是循环链接。请选择真正的文件。</translation>
    </message>
    <message>
        <source>{what} grew larger than its disk or account allows. Choose another folder or format.</source>
        <translation>{what}超出了磁盘或账户允许的大小。请选择其他文件夹或格式。</translation>
    </message>
    <message>
        <source>The output folder is gone. Choose another one, or connect its drive again.</source>
        <translation>输出文件夹不见了。请选择其他文件夹，或重新连接磁盘。</translation>
    </message>
    <message>
        <source>The output folder cannot be made: a file of that name is in the way. Choose another one.</source>
        <translation>无法建立输出文件夹：有同名文件。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>{what} cannot be written: a folder of that name is in the way. Move the folder.</source>
        <translation>无法写入{what}：有同名文件夹。请移走该文件夹。</translation>
    </message>
    <message>
        <source>Something unexpected happened with {what} ({error}). The other pictures are not affected. Please report it together with the log.</source>
        <translation>处理{what}时发生意外（{error}）。其他图片不受影响。请连同日志一起报告。</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>该文件</translation>
    </message>
    <message>
        <source>It holds no list of hints.</source>
        <translation>其中没有上色提示列表。</translation>
    </message>
    <message>
        <source>It needs a list of at most {most} hints.</source>
        <translation>需要一份最多 {most} 条的上色提示列表。</translation>
    </message>
    <message>
        <source>Its “regions” need a list of at most {most} edits.</source>
        <translation>其“regions”需要一份最多 {most} 条的修改列表。</translation>
    </message>
    <message>
        <source>It is larger than {most} MB.</source>
        <translation>它大于 {most} MB。</translation>
    </message>
    <message>
        <source>Hint {number} needs x, y, radius and a color like #d04030.</source>
        <translation>第 {number} 条提示需要 x、y、radius 和形如 #d04030 的 color。</translation>
    </message>
    <message>
        <source>Edit {number} of its “regions” needs a kind (bucket, merge, close, split), points, and, for a bucket, a color like #d04030.</source>
        <translation>“regions”的第 {number} 条修改需要 kind（bucket、merge、close、split）、points；bucket 还需要形如 #d04030 的 color。</translation>
    </message>
    <message>
        <source>The list of hints is not usable. {reason} Mend or remove it.</source>
        <translation>上色提示列表无法使用。{reason}请修正或移除它。</translation>
    </message>
    <message>
        <source>The hint file “{name}” is not usable. {reason} Mend or remove it.</source>
        <translation>提示文件“{name}”无法使用。{reason}请修正或移除它。</translation>
    </message>
    <message>
        <source>“{name}” names no format with layers. Choose PSD or ORA.</source>
        <translation>“{name}”不是带图层的格式。请选择 PSD 或 ORA。</translation>
    </message>
    <message>
        <source>The result would replace the original “{name}”. Choose another output folder.</source>
        <translation>结果会覆盖原图“{name}”。请选择其他输出文件夹。</translation>
    </message>
    <message>
        <source>{{{field}}} is not known in a name. Use {known}.</source>
        <translation>名称中不能使用 {{{field}}}。请使用 {known}。</translation>
    </message>
    <message>
        <source>A name can&apos;t hold “{sign}”. Leave it out.</source>
        <translation>名称中不能有“{sign}”。请去掉它。</translation>
    </message>
    <message>
        <source>Put {{name}} or {{number}} into the name, to tell the pictures apart.</source>
        <translation>请在名称中加入 {{name}} 或 {{number}}，以便区分图片。</translation>
    </message>
    <message>
        <source>Names that start with a dot are hidden. Leave the dot out.</source>
        <translation>以点开头的名称会被隐藏。请去掉开头的点。</translation>
    </message>
    <message>
        <source>The palette “{name}” can&apos;t be used. {reason}</source>
        <translation>无法使用调色板“{name}”。{reason}</translation>
    </message>
    <message>
        <source>It is neither a palette file ({kinds}) nor a picture. Export it as one of these.</source>
        <translation>它既不是调色板文件（{kinds}），也不是图片。请导出为其中一种格式。</translation>
    </message>
    <message>
        <source>It has no colours to take a palette from. Choose a finished picture.</source>
        <translation>其中没有可供提取调色板的颜色。请选择已完成的图片。</translation>
    </message>
    <message>
        <source>It holds {number:,} colours; at most {most:,} are read.</source>
        <translation>其中有 {number:,} 种颜色；最多读取 {most:,} 种。</translation>
    </message>
    <message>
        <source>There is no colour in it.</source>
        <translation>其中没有颜色。</translation>
    </message>
    <message>
        <source>It does not begin with “GIMP Palette”. Export it again as .gpl.</source>
        <translation>它不以“GIMP Palette”开头。请重新导出为 .gpl。</translation>
    </message>
    <message>
        <source>Its row “{row}” is no colour from 0 to 255.</source>
        <translation>其中的“{row}”行不是 0 到 255 的颜色。</translation>
    </message>
    <message>
        <source>Its line {number} is no colour like d04030.</source>
        <translation>第 {number} 行不是形如 d04030 的颜色。</translation>
    </message>
    <message>
        <source>It is damaged or of another kind. Export it again.</source>
        <translation>它已损坏或属于其他类型。请重新导出。</translation>
    </message>
    <message>
        <source>There is no such page in the PDF.</source>
        <translation>PDF 中没有这一页。</translation>
    </message>
    <message>
        <source>The PDF is locked with a password. Save it without one, then try again.</source>
        <translation>PDF 有密码保护。请去除密码后重试。</translation>
    </message>
    <message>
        <source>The PDF is damaged or of a kind that can&apos;t be read. Save its pages as pictures.</source>
        <translation>PDF 已损坏或无法读取。请把各页存为图片。</translation>
    </message>
    <message>
        <source>PSD holds at most {longest:,} pixels a side; this picture has {width:,} x {height:,}. Choose ORA, PNG or TIFF.</source>
        <translation>PSD 每边最多 {longest:,} 像素；这张图片是 {width:,} × {height:,}。请选择 ORA、PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>The file is in a colour mode that can&apos;t be read (multichannel). Change it to RGB, CMYK or greyscale in your paint program.</source>
        <translation>文件的颜色模式无法读取（多通道）。请在绘画软件中改为 RGB、CMYK 或灰度。</translation>
    </message>
    <message>
        <source>The file holds {frames} pages or frames: only the first (1 of {frames}) is used.</source>
        <translation>文件有 {frames} 页或帧：只使用第一页（{frames} 页中的第 1 页）。</translation>
    </message>
    <message>
        <source>{amount:g} is no amount of flats. Choose one from 0 (painted) to 1 (flat).</source>
        <translation>{amount:g} 不是有效的平涂程度。请在 0（绘画）到 1（平涂）之间选择。</translation>
    </message>
    <message>
        <source>This link leads nowhere. Delete it, or put back the file that it leads to.</source>
        <translation>这个链接指向不存在的文件。请删除它，或恢复它所指的文件。</translation>
    </message>
    <message>
        <source>{names} and the other places</source>
        <translation>{names}及其他位置</translation>
    </message>
    <message>
        <source>There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA or KRA files, or books (CBZ, ZIP, PDF).</source>
        <translation>{places} 中没有图片。请选择包含 PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA 或 KRA 文件，或书册（CBZ、ZIP、PDF）的文件夹。</translation>
    </message>
    <message>
        <source>There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA or KRA files, or books (CBZ, ZIP, PDF), or search its sub-folders too.</source>
        <translation>{places} 中没有图片。请选择包含 PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA 或 KRA 文件，或书册（CBZ、ZIP、PDF）的文件夹，或同时查找其子文件夹。</translation>
    </message>
    <message>
        <source>The output folder is also an input folder. Choose another output folder, such as “colorized” inside it.</source>
        <translation>输出文件夹同时也是输入文件夹。请选择其他输出文件夹，例如其中的“colorized”。</translation>
    </message>
    <message>
        <source>The layers hold more than {most:,} pixels together. Save the file with its merged picture, or with fewer layers.</source>
        <translation>各图层合计超过 {most:,} 像素。请连同合并图像一起保存文件，或减少图层。</translation>
    </message>
    <message>
        <source>“{name}” names no format that can be written. Choose PNG, JPEG, WebP, TIFF or BMP.</source>
        <translation>“{name}”不是可以写入的格式。请选择 PNG、JPEG、WebP、TIFF 或 BMP。</translation>
    </message>
    <message>
        <source>The file was saved without its merged picture, so its layers were laid on each other. Blend modes other than normal and multiply may look different.</source>
        <translation>文件保存时没有合并图像，因此把图层逐一叠合。正常和正片叠底以外的混合模式可能看起来不同。</translation>
    </message>
    <message>
        <source>The layer “{name}” was taken as the line art.</source>
        <translation>图层“{name}”被当作线稿。</translation>
    </message>
    <message>
        <source>The file holds no merged picture. Open it in the program it comes from and save it again.</source>
        <translation>文件中没有合并图像。请在原来的软件中打开并重新保存。</translation>
    </message>
    <message>
        <source>The list of layers in the file is broken. Open it in the program it comes from and save it again.</source>
        <translation>文件的图层列表已损坏。请在原来的软件中打开并重新保存。</translation>
    </message>
    <message>
        <source>The archive is locked with a password. Unpack it with your archive program, then colour the folder.</source>
        <translation>压缩包有密码保护。请用压缩软件解压，然后为文件夹上色。</translation>
    </message>
    <message>
        <source>The archive is damaged or of a kind that can&apos;t be unpacked. Pack it again as ZIP.</source>
        <translation>压缩包已损坏或无法解压。请重新打包为 ZIP。</translation>
    </message>
    <message>
        <source>“{name}” in the archive is larger than {most} MiB unpacked, the most that is read. Save it smaller or with compression of its own.</source>
        <translation>压缩包中的“{name}”解压后超过 {most} MiB 的读取上限。请存小一些，或使用图片自身的压缩。</translation>
    </message>
    <message>
        <source>The archive lists {number} files; at most {most:,} are read. Split it.</source>
        <translation>压缩包列出了 {number} 个文件；最多读取 {most:,} 个。请把它拆分。</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art: the picture was coloured with its luma kept, so white paper stays white. Choose another style for line art.</source>
        <translation>这个风格不能给线稿上色：图片按保留亮度的方式上色，白纸仍是白色。线稿请选择其他风格。</translation>
    </message>
    <message>
        <source>This style takes no hints: the picture was coloured without them.</source>
        <translation>这个风格不使用上色提示：图片在没有提示的情况下上色。</translation>
    </message>
    <message>
        <source>This style takes no palette: the picture was coloured without it.</source>
        <translation>这个风格不使用调色板：图片在没有调色板的情况下上色。</translation>
    </message>
    <message>
        <source>A hint lies where the page is white or black. Greyscale mode keeps that, so there its colour can&apos;t be seen. Choose line art to have white paper painted.</source>
        <translation>有提示点落在画面的白色或黑色处。灰度模式保持明暗不变，因此那里看不出它的颜色。要给白色纸面上色，请选择“线稿”。</translation>
    </message>
    <message>
        <source>Flats need line art: this picture was coloured in greyscale mode, without them.</source>
        <translation>平涂需要线稿：这张图片按灰度模式上色，没有平涂。</translation>
    </message>
    <message>
        <source>This style takes another kind of palette. Colour without one, or choose another style.</source>
        <translation>这个风格使用另一种调色板。请不用调色板上色，或选择其他风格。</translation>
    </message>
    <message>
        <source>Hints outside the picture colour nothing ({stray} of {all}). Were they made for a larger one?</source>
        <translation>图片之外的上色提示不起作用（{all} 个中有 {stray} 个）。它们是为更大的图片做的吗？</translation>
    </message>
    <message>
        <source>There is no mode “{mode}”. Use auto, greyscale or lineart.</source>
        <translation>没有“{mode}”模式。请使用 auto、greyscale 或 lineart。</translation>
    </message>
    <message>
        <source>“palette only” needs a palette: give a palette file or a finished picture.</source>
        <translation>“仅用调色板”需要调色板：请提供调色板文件或已完成的图片。</translation>
    </message>
    <message>
        <source>it gives no usable colours ({reason})</source>
        <translation>它给不出可用的颜色（{reason}）</translation>
    </message>
    <message>
        <source>its generator fails in a trial run ({reason})</source>
        <translation>它的生成器试运行失败（{reason}）</translation>
    </message>
    <message>
        <source>its generator fails in a trial run</source>
        <translation>它的生成器在试运行中失败</translation>
    </message>
    <message>
        <source>The style “{name}” needs more memory for this picture than there is. Close other programs, or use another style.</source>
        <translation>风格“{name}”处理这张图片所需的内存超过了可用内存。请关闭其他程序，或换用别的风格。</translation>
    </message>
    <message>
        <source>The style “{name}” did not come to an end and was stopped with this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>风格“{name}”在这张图片上没有结束，已被停止，因此没有写入任何内容。请用 --device cpu 再试，或换用别的风格。</translation>
    </message>
    <message>
        <source>The style “{name}” failed with this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>风格“{name}”在这张图片上失败，因此没有写入任何内容。请用 --device cpu 再试，或换用别的风格。</translation>
    </message>
    <message>
        <source>The style “{name}” gave no usable colours for this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>风格“{name}”没有为这张图片给出可用的颜色，因此没有写入。请改用处理器（--device cpu）或其他风格重试。</translation>
    </message>
    <message>
        <source>This is no picture: give a PIL image, or a uint8 array of (H, W), (H, W, 3) or (H, W, 4).</source>
        <translation>这不是图片：请提供 PIL 图像，或形状为 (H, W)、(H, W, 3)、(H, W, 4) 的 uint8 数组。</translation>
    </message>
    <message>
        <source>There is no device “{device}”. Use auto, cuda or cpu.</source>
        <translation>没有“{device}”设备。请使用 auto、cuda 或 cpu。</translation>
    </message>
    <message>
        <source>The graphics card ran out of memory in the middle of the work ({reason}). It is tried again at the next start.</source>
        <translation>显卡在工作中途内存不足（{reason}）。下次启动时会再次尝试。</translation>
    </message>
    <message>
        <source>The graphics card gave up in the middle of the work ({reason}). It is tried again at the next start.</source>
        <translation>显卡在工作中途停止响应（{reason}）。下次启动时会再次尝试。</translation>
    </message>
    <message>
        <source>This download works on the processor, which is quick enough for colouring. The one for Python (see the guide) uses NVIDIA cards too.</source>
        <translation>此下载版本在处理器上运行，对上色来说足够快。Python 版本（见指南）还可以使用 NVIDIA 显卡。</translation>
    </message>
    <message>
        <source>This onnxruntime is built without CUDA.</source>
        <translation>此 onnxruntime 不含 CUDA。</translation>
    </message>
    <message>
        <source>No NVIDIA graphics driver was found.</source>
        <translation>没有找到 NVIDIA 显卡驱动。</translation>
    </message>
    <message>
        <source>CUDA could not be started ({reason}).</source>
        <translation>无法启动 CUDA（{reason}）。</translation>
    </message>
    <message>
        <source>CUDA could not be started: its libraries are missing or do not fit.</source>
        <translation>无法启动 CUDA：缺少运行库或版本不符。</translation>
    </message>
    <message>
        <source>CUDA could not be started: its libraries are missing or do not fit ({reason}).</source>
        <translation>无法启动 CUDA：缺少运行库或版本不符（{reason}）。</translation>
    </message>
    <message>
        <source>The style “{name}” can&apos;t be used: its generator does not load. Get it again, or remove it.</source>
        <translation>风格“{name}”无法使用：它的生成器无法加载。请重新获取，或移除它。</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be kept as folders of layers: choose PSD or ORA, or unpack the book first.</source>
        <translation>“{name}”不能保存为图层文件夹：请选择 PSD 或 ORA，或先解压这本书。</translation>
    </message>
    <message>
        <source>No page of it could be coloured.</source>
        <translation>其中没有一页能够上色。</translation>
    </message>
    <message>
        <source>“{name}” changed while it was being coloured, so no new book was made. Start again when the other program has saved it.</source>
        <translation>“{name}”在上色期间被修改，因此没有生成新的书。请等其他程序保存完毕后重新开始。</translation>
    </message>
    <message>
        <source>There is not enough memory for “{name}”. Close other programs or use a smaller picture.</source>
        <translation>内存不足，无法处理“{name}”。请关闭其他程序，或使用更小的图片。</translation>
    </message>
    <message>
        <source>“{name}” is damaged in a way that breaks reading it. Open it in a paint program and save it again.</source>
        <translation>“{name}”损坏严重，无法读取。请在绘画软件中打开并重新保存。</translation>
    </message>
    <message>
        <source>“{name}” could not be read: the process that reads pictures does not start. Close other programs, then try again.</source>
        <translation>无法读取“{name}”：读取图片的进程没有启动。请关闭其他程序后再试。</translation>
    </message>
    <message>
        <source>Reading “{name}” took too long, so it was left out. Open it in a paint program and save it again.</source>
        <translation>读取“{name}”时间太长，因此跳过。请在绘画软件中打开并重新保存。</translation>
    </message>
    <message>
        <source>“{name}” was changed by somebody since it was coloured, so it was left as it is. Move it away to have the picture coloured again.</source>
        <translation>“{name}”在上色后被人修改过，因此保持原样。要重新上色，请先把它移走。</translation>
    </message>
    <message>
        <source>“{name}” was coloured by another Color Studio meanwhile.</source>
        <translation>“{name}”其间已由另一个 Color Studio 上色。</translation>
    </message>
    <message>
        <source>“{name}” is being coloured by another Color Studio just now.</source>
        <translation>“{name}”正由另一个 Color Studio 上色。</translation>
    </message>
    <message>
        <source>Color Studio ended without a word while it coloured “{name}”, twice, so the picture was left out. Save it again in a paint program to have it tried once more.</source>
        <translation>Color Studio 在给“{name}”上色时两次意外退出，因此跳过了这张图片。请在绘画软件中重新保存它，以便再试一次。</translation>
    </message>
    <message>
        <source>A JPEG can&apos;t hold exact colours: beside the palette&apos;s it has many in between. Choose PNG or TIFF to have the palette&apos;s alone.</source>
        <translation>JPEG 无法保存精确的颜色：除调色板中的颜色外，还会出现许多中间色。要只保留调色板的颜色，请选择 PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>Coloured without hints. {reason}</source>
        <translation>上色时没有使用提示。{reason}</translation>
    </message>
    <message>
        <source>The output folder “{name}” is gone. Connect its drive again or choose another folder, then start again.</source>
        <translation>输出文件夹“{name}”不见了。请重新连接磁盘或选择其他文件夹，然后重新开始。</translation>
    </message>
    <message>
        <source>“{name}” has come there meanwhile and was left as it is. Move it away to have the picture coloured.</source>
        <translation>“{name}”其间已被放到那里，因此保持原样。要给图片上色，请先把它移走。</translation>
    </message>
    <message>
        <source>The disk is full: {room} MB free where “{name}” was to go. Make room, then start again; finished pictures are kept.</source>
        <translation>磁盘已满：“{name}”所在位置只剩 {room} MB。请腾出空间后重新开始；已完成的图片会保留。</translation>
    </message>
    <message>
        <source>The disk is full: {needed} MB needed, {room} MB free where “{name}” was to go. Make room, then start again; finished pictures are kept.</source>
        <translation>磁盘已满：“{name}”的目标位置需要 {needed} MB，可用 {room} MB。请腾出空间后重新开始；已完成的图片会保留。</translation>
    </message>
    <message>
        <source>its generator is not the one that its description was written for</source>
        <translation>它的生成器与说明不符</translation>
    </message>
    <message>
        <source>its description and its generator disagree about a palette</source>
        <translation>它的说明与生成器在调色板上不一致</translation>
    </message>
    <message>
        <source>its generator takes a palette of {number} numbers</source>
        <translation>它的生成器使用 {number} 个数的调色板</translation>
    </message>
    <message>
        <source>its generator is damaged</source>
        <translation>它的生成器已损坏</translation>
    </message>
    <message>
        <source>its generator brings functions of its own</source>
        <translation>它的生成器带有自定义函数</translation>
    </message>
    <message>
        <source>its generator is no ordinary file</source>
        <translation>它的生成器不是普通文件</translation>
    </message>
    <message>
        <source>its generator is larger than {most} MiB</source>
        <translation>它的生成器大于 {most} MiB</translation>
    </message>
    <message>
        <source>its generator is no ONNX file, or a damaged one</source>
        <translation>它的生成器不是 ONNX 文件，或已损坏</translation>
    </message>
    <message>
        <source>its generator is empty or no ONNX file</source>
        <translation>它的生成器是空的，或不是 ONNX 文件</translation>
    </message>
    <message>
        <source>its generator needs operators that Color Studio lacks</source>
        <translation>它的生成器需要 Color Studio 没有的算子</translation>
    </message>
    <message>
        <source>its generator uses ONNX version {opset}</source>
        <translation>它的生成器使用 ONNX 版本 {opset}</translation>
    </message>
    <message>
        <source>its generator contains loops or branches</source>
        <translation>它的生成器含有循环或分支</translation>
    </message>
    <message>
        <source>its generator colours by chance</source>
        <translation>它的生成器随机上色</translation>
    </message>
    <message>
        <source>its generator takes numbers from other files</source>
        <translation>它的生成器从其他文件取数</translation>
    </message>
    <message>
        <source>its generator holds a block of numbers that is too large</source>
        <translation>它的生成器含有过大的数据块</translation>
    </message>
    <message>
        <source>its generator uses kernels larger than {most} pixels</source>
        <translation>它的生成器使用了大于 {most} 像素的卷积核</translation>
    </message>
    <message>
        <source>its generator asks for far too much memory</source>
        <translation>它的生成器要求的内存过多</translation>
    </message>
    <message>
        <source>its generator takes other inputs than a style&apos;s</source>
        <translation>它的生成器的输入与风格不符</translation>
    </message>
    <message>
        <source>its generator gives other outputs than a style&apos;s</source>
        <translation>它的生成器的输出与风格不符</translation>
    </message>
    <message>
        <source>“{name}” of its generator is not of 32-bit numbers</source>
        <translation>它的生成器的“{name}”不是 32 位数</translation>
    </message>
    <message>
        <source>“{name}” of its generator has the wrong shape</source>
        <translation>它的生成器的“{name}”形状不对</translation>
    </message>
    <message>
        <source>“{name}” of its generator has the wrong number of planes</source>
        <translation>它的生成器的“{name}”通道数不对</translation>
    </message>
    <message>
        <source>“{name}” of its generator takes one size only</source>
        <translation>它的生成器的“{name}”只接受一种尺寸</translation>
    </message>
    <message>
        <source>The style “{name}” came with Color Studio and can&apos;t be removed.</source>
        <translation>风格“{name}”随 Color Studio 附带，不能移除。</translation>
    </message>
    <message>
        <source>The style “{name}” came with Color Studio and can&apos;t be renamed.</source>
        <translation>风格“{name}”随 Color Studio 附带，不能改名。</translation>
    </message>
    <message>
        <source>There is a style called “{name}” already. Choose another name.</source>
        <translation>已有名为“{name}”的风格。请选择其他名称。</translation>
    </message>
    <message>
        <source>There is a style called “{name}” already. Rename or remove that one first, or give the new one another name.</source>
        <translation>已有名为“{name}”的风格。请先将其重命名或移除，或为新风格另取名称。</translation>
    </message>
    <message>
        <source>The folder of your own styles, “{folder}”, can&apos;t be written. Check its permissions, and that its drive is connected.</source>
        <translation>无法写入您自己的风格所在的文件夹“{folder}”。请检查它的权限，以及其磁盘是否已连接。</translation>
    </message>
    <message>
        <source>The style in “{folder}” has the name of another one, “{name}”. Change the name in its style.json, or remove it.</source>
        <translation>“{folder}”中的风格与另一个风格“{name}”重名。请修改其 style.json 中的名称，或移除它。</translation>
    </message>
    <message>
        <source>Choose one of these: {names}.</source>
        <translation>请从中选择：{names}。</translation>
    </message>
    <message>
        <source>The library is empty.</source>
        <translation>风格库是空的。</translation>
    </message>
    <message>
        <source>There is no style called “{name}”. {choice}</source>
        <translation>没有名为“{name}”的风格。{choice}</translation>
    </message>
    <message>
        <source>“{name}” is a file, not a style of your library. Take it in first: in the window under “Styles…”, or with “colorstudio styles import”.</source>
        <translation>“{name}”是文件，不是风格库中的风格。请先导入它：在窗口的“风格…”中，或用“colorstudio styles import”。</translation>
    </message>
    <message>
        <source>A style can&apos;t be called “{name}”: {why}. Choose another name.</source>
        <translation>风格不能叫作“{name}”：{why}。请换一个名称。</translation>
    </message>
    <message>
        <source>it holds files that do not belong to a style</source>
        <translation>其中有不属于风格的文件</translation>
    </message>
    <message>
        <source>it holds no complete style</source>
        <translation>其中没有完整的风格</translation>
    </message>
    <message>
        <source>it is larger than {most} MiB when unpacked</source>
        <translation>解压后大于 {most} MiB</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>它已损坏</translation>
    </message>
    <message>
        <source>its sample is no picture</source>
        <translation>它的样图不是图片</translation>
    </message>
    <message>
        <source>its sample picture is too large</source>
        <translation>它的样图过大</translation>
    </message>
    <message>
        <source>it is no style file, or a damaged one</source>
        <translation>它不是风格文件，或已损坏</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be imported: {why}. Get the file again.</source>
        <translation>无法导入“{name}”：{why}。请重新获取文件。</translation>
    </message>
    <message>
        <source>its style.json is no JSON</source>
        <translation>它的 style.json 不是 JSON</translation>
    </message>
    <message>
        <source>its style.json holds no description</source>
        <translation>它的 style.json 没有说明</translation>
    </message>
    <message>
        <source>its style.json lacks {missing}</source>
        <translation>它的 style.json 缺少 {missing}</translation>
    </message>
    <message>
        <source>it has no {file}</source>
        <translation>它没有 {file}</translation>
    </message>
    <message>
        <source>its {file} is far too large</source>
        <translation>它的 {file} 过大</translation>
    </message>
    <message>
        <source>its {file} is no text</source>
        <translation>它的 {file} 不是文本</translation>
    </message>
    <message>
        <source>The style “{name}” can&apos;t be used: {why}. Get it again, or remove it.</source>
        <translation>风格“{name}”无法使用：{why}。请重新获取，或移除它。</translation>
    </message>
    <message>
        <source>it was made for a newer Color Studio</source>
        <translation>它是为更新版本的 Color Studio 制作的</translation>
    </message>
    <message>
        <source>the value of “{key}” in its style.json is wrong</source>
        <translation>它的 style.json 中“{key}”的值不正确</translation>
    </message>
    <message>
        <source>its name must be one line of 1 to {most} characters</source>
        <translation>它的名称必须是一行 1 到 {most} 个字符</translation>
    </message>
    <message>
        <source>its name has characters that no folder can have</source>
        <translation>它的名称含有文件夹不能使用的字符</translation>
    </message>
    <message>
        <source>The folder of “{name}” takes no files, so its hints are kept in Color Studio&apos;s own folder on this computer.</source>
        <translation>“{name}”所在的文件夹不能写入，因此它的提示保存在本机 Color Studio 自己的文件夹中。</translation>
    </message>
    <message>
        <source>The disk is full: make room, they are saved with the next change.</source>
        <translation>磁盘已满：请腾出空间，下次修改时会一并保存。</translation>
    </message>
    <message>
        <source>Its folder takes no files: copy the picture to another one.</source>
        <translation>该文件夹不能写入：请把图片复制到其他文件夹。</translation>
    </message>
    <message>
        <source>The hints of “{name}” could not be saved beside it. {reason}</source>
        <translation>无法在“{name}”旁保存它的上色提示。{reason}</translation>
    </message>
    <message>
        <source>Something unexpected happened; your pictures are safe and you can go on.</source>
        <translation>发生了意外；您的图片是安全的，可以继续工作。</translation>
    </message>
    <message>
        <source>{sentence} It is noted in {file}.</source>
        <translation>{sentence}详情记录在 {file}。</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>“{name}”</translation>
    </message>
    <message>
        <source>{first} and {count} more</source>
        <translation>{first}及另外 {count} 个</translation>
    </message>
    <message>
        <source>The rest was opened.</source>
        <translation>其余的已打开。</translation>
    </message>
    <message>
        <source>Drop pictures or a folder of pictures.</source>
        <translation>请拖入图片或图片文件夹。</translation>
    </message>
    <message>
        <source>{first}: not a kind of picture that is known here. {ending}</source>
        <translation>{first}：不是这里支持的图片类型。{ending}</translation>
    </message>
    <message>
        <source>“{name}”: {reason}</source>
        <translation>“{name}”：{reason}</translation>
    </message>
    <message>
        <source>“{name}” is damaged: the new book lacks {count} of its files, which could not be got out.</source>
        <translation>“{name}”已损坏：有 {count} 个文件无法取出，新书中缺少它们。</translation>
    </message>
    <message>
        <source>{count} places were left out. The first, “{name}”: {reason}</source>
        <translation>有 {count} 处被略过。第一处“{name}”：{reason}</translation>
    </message>
    <message>
        <source>Lies in a folder of results (“{name}”). To train on those, choose that folder itself.</source>
        <translation>位于结果文件夹“{name}”中。若要用它们训练，请直接选择该文件夹。</translation>
    </message>
    <message>
        <source>Nearly the same picture as “{name}”.</source>
        <translation>与“{name}”几乎相同。</translation>
    </message>
    <message>
        <source>Its page has another shape.</source>
        <translation>它与上色页面的形状不同。</translation>
    </message>
    <message>
        <source>Not used as line art. {reason}</source>
        <translation>未用作线稿。{reason}</translation>
    </message>
    <message>
        <source>Smaller than {least} pixels.</source>
        <translation>小于 {least} 像素。</translation>
    </message>
    <message>
        <source>Without colour.</source>
        <translation>没有颜色。</translation>
    </message>
    <message>
        <source>This edition of Color Studio colours only. Training needs the edition “Colour + Train”: get it where you got this one and use it instead. Your styles and settings stay as they are.</source>
        <translation>此版 Color Studio 只能上色。训练需要“Colour + Train”版：请从获取本版的地方下载并改用它。您的风格和设置保持不变。</translation>
    </message>
    <message>
        <source>Training needs the package torch. Install it with: python -m pip install torch</source>
        <translation>训练需要 torch 软件包。安装命令：python -m pip install torch</translation>
    </message>
    <message>
        <source>“{name}” is no ordinary file. Choose another one.</source>
        <translation>“{name}”不是普通文件。请另选一个。</translation>
    </message>
    <message>
        <source>“{name}” is a folder. Choose a file in it.</source>
        <translation>“{name}”是文件夹。请选择其中的文件。</translation>
    </message>
    <message>
        <source>The layer “{name}” is damaged or of a kind that can&apos;t be read by itself, so the merged picture was taken. Merge your lines into one paint layer to have them taken.</source>
        <translation>图层“{name}”已损坏，或属于无法单独读取的类型，因此使用了合并图像。把线条合并成一个颜料图层，即可作为线稿使用。</translation>
    </message>
    <message>
        <source>“{name}” is being trained by another Color Studio at this moment. Wait until it has ended, or choose another name.</source>
        <translation>另一个 Color Studio 正在训练“{name}”。请等它结束，或换一个名称。</translation>
    </message>
    <message>
        <source>This is an archive, not a picture. Name it .cbz or .zip to have its pages coloured, or unpack it and choose its folder.</source>
        <translation>这是压缩包，不是图片。要为其中的页面上色，请把扩展名改为 .cbz 或 .zip，或解压后选择其文件夹。</translation>
    </message>
    <message>
        <source>It has colours already, so it was left as it is. Give it hints or choose a mode to have it coloured anew.</source>
        <translation>图片已有颜色，因此保持原样。如需重新上色，请添加提示或选择模式。</translation>
    </message>
    <message>
        <source>The disk is full, so the pictures can&apos;t be looked at. Make room, then try again.</source>
        <translation>磁盘已满，无法查看这些图片。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The pictures can&apos;t be looked at, because “{folder}” can&apos;t be written. Check its permissions, then try again.</source>
        <translation>无法查看这些图片，因为“{folder}”不可写入。请检查它的权限后重试。</translation>
    </message>
    <message>
        <source>The folder “{folder}” has gone. Check that its drive is connected, then start again.</source>
        <translation>文件夹“{folder}”已不存在。请确认所在磁盘已连接，然后重新开始。</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>Colours line art and greyscale pages on your own computer. Nothing is uploaded, and your originals are never changed. Licence: Apache 2.0.</source>
        <translation>在您自己的电脑上为线稿和灰度页面上色。不会上传任何内容，原图绝不改动。许可证：Apache 2.0。</translation>
    </message>
    <message>
        <source>Trained on {count} pictures.</source>
        <translation>用 {count} 张图片训练。</translation>
    </message>
    <message>
        <source>Style “{name}”</source>
        <translation>风格“{name}”</translation>
    </message>
    <message>
        <source>By {author}. Licence: {licence}.</source>
        <translation>作者：{author}。许可证：{licence}。</translation>
    </message>
</context>
<context>
    <name>AbsentPage</name>
    <message>
        <source>Training is in the larger edition</source>
        <translation>训练功能在较大的版本中</translation>
    </message>
    <message>
        <source>This download colours only. The edition “Colour + Train” learns from 10 to 30 of your finished pages and makes a style of your own, on this computer.

Get it where you got this one and use it instead. Your styles, hints and settings stay as they are, and a style trained elsewhere can be used here: drop its .colorstyle file on the window.</source>
        <translation>此下载版本只能上色。“Colour + Train”版可以在这台电脑上从您完成的 10 到 30 页画稿中学习，做出您自己的风格。

请从获取本版的地方下载并改用它。您的风格、上色提示和设置保持不变；在别处训练的风格也可以在这里使用：把它的 .colorstyle 文件拖到窗口上即可。</translation>
    </message>
</context>
<context>
    <name>BrowseBar</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>未上色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Show all pictures, or those that have come so far</source>
        <translation>显示全部图片，或处于该状态的图片</translation>
    </message>
    <message>
        <source>Which pictures are shown</source>
        <translation>显示哪些图片</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大在前</translation>
    </message>
    <message>
        <source>The order of the pictures</source>
        <translation>图片的顺序</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>图片的顺序</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Coloured</source>
        <translation>上色后</translation>
    </message>
</context>
<context>
    <name>CanvasPanel</name>
    <message>
        <source>Coloured</source>
        <translation>上色后</translation>
    </message>
    <message>
        <source>Show the coloured picture</source>
        <translation>显示上色后的图片</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Original and coloured side by side; drag the divider</source>
        <translation>原图与上色后并排显示；可拖动分隔线</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Show the picture as it is</source>
        <translation>显示原图</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Fit the whole picture  (Home)</source>
        <translation>显示整张图片  (Home)</translation>
    </message>
    <message>
        <source>True pixels, 100 %  (Ctrl+1)</source>
        <translation>实际像素 100 %  (Ctrl+1)</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>正在上色…</translation>
    </message>
    <message>
        <source>paper made white</source>
        <translation>纸张已变白</translation>
    </message>
    <message>
        <source>Can&apos;t be shown</source>
        <translation>无法显示</translation>
    </message>
</context>
<context>
    <name>ColorButton</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Choose the colour to paint with</source>
        <translation>选择要使用的颜色</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>选择颜色</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Compare styles</source>
        <translation>对比风格</translation>
    </message>
    <message>
        <source>Compare styles on {picture}</source>
        <translation>在 {picture} 上对比风格</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>正在上色…</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>from grey</source>
        <translation>从灰度</translation>
    </message>
    <message>
        <source>from lines</source>
        <translation>从线稿</translation>
    </message>
    <message>
        <source>best so far</source>
        <translation>目前最佳</translation>
    </message>
    <message>
        <source>Held-back pages, nearer to your colours than at the start by:</source>
        <translation>预留页比开始时更接近您的颜色：</translation>
    </message>
    <message>
        <source>Losses, each beside its own mean:</source>
        <translation>各项损失与其平均值之比：</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>paint</source>
        <translation>涂色</translation>
    </message>
    <message>
        <source>critic</source>
        <translation>判别器</translation>
    </message>
    <message>
        <source>against the critic</source>
        <translation>对抗判别器</translation>
    </message>
</context>
<context>
    <name>DropPlace</name>
    <message>
        <source>Drop a finished page
or a palette file</source>
        <translation>拖入已完成的页面
或调色板文件</translation>
    </message>
</context>
<context>
    <name>Easel</name>
    <message>
        <source>Remove all hints</source>
        <translation>移除全部提示</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Flat amount</source>
        <translation>平涂程度</translation>
    </message>
    <message>
        <source>Palette only</source>
        <translation>仅用调色板</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>笔画</translation>
    </message>
    <message>
        <source>Move hint</source>
        <translation>移动提示</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Delete hint</source>
        <translation>删除提示</translation>
    </message>
    <message>
        <source>Colour of hint</source>
        <translation>提示颜色</translation>
    </message>
    <message>
        <source>Size of hint</source>
        <translation>提示大小</translation>
    </message>
    <message>
        <source>Fill region</source>
        <translation>填充区域</translation>
    </message>
    <message>
        <source>Merge regions</source>
        <translation>合并区域</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>封闭缺口</translation>
    </message>
    <message>
        <source>Split region</source>
        <translation>拆分区域</translation>
    </message>
    <message>
        <source>Copied hints</source>
        <translation>复制的提示</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>试用样图</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Open the picture or files that were copied elsewhere  (Ctrl+V)</source>
        <translation>打开在别处复制的图片或文件  (Ctrl+V)</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Drop a folder, a book or pictures here</source>
        <translation>把文件夹、书册或图片拖到这里</translation>
    </message>
    <message>
        <source>Line art or greyscale pages. They are coloured on this computer;
your originals are never changed.</source>
        <translation>线稿或灰度页面。在这台电脑上上色；
原图绝不改动。</translation>
    </message>
</context>
<context>
    <name>FailureBox</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Copy name, reason and technical detail</source>
        <translation>复制名称、原因和技术细节</translation>
    </message>
    <message>
        <source>Show the folder that the picture lies in</source>
        <translation>显示图片所在的文件夹</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
</context>
<context>
    <name>FolderPage</name>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>… or drop the folder here</source>
        <translation>…或把文件夹拖到这里</translation>
    </message>
    <message>
        <source>Finished, coloured pages of one book, series or palette: 10 to 30 are best. Sub-folders count. Your pictures stay on this computer and are never changed.</source>
        <translation>同一本书、系列或配色的已上色完成页：10 到 30 页最好，包括子文件夹。图片留在这台电脑上，绝不改动。</translation>
    </message>
    <message>
        <source>Which pictures shall it learn from?</source>
        <translation>要从哪些图片学习？</translation>
    </message>
    <message>
        <source>This folder can&apos;t be used</source>
        <translation>这个文件夹无法使用</translation>
    </message>
    <message>
        <source>Looking at the folder…</source>
        <translation>正在查看文件夹…</translation>
    </message>
    <message>
        <source>Looking at picture {done} of {total}…</source>
        <translation>正在查看第 {done} 张图片，共 {total} 张…</translation>
    </message>
    <message>
        <source>No picture here can be used</source>
        <translation>这里没有可用的图片</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Pictures that are used</source>
        <translation>使用的图片</translation>
    </message>
    <message>
        <source>Pictures that are left out</source>
        <translation>不使用的图片</translation>
    </message>
</context>
<context>
    <name>FolderPanel</name>
    <message>
        <source>Sub-folders</source>
        <translation>子文件夹</translation>
    </message>
    <message>
        <source>Show and colour the pictures in folders below as well</source>
        <translation>同时显示子文件夹中的图片并为其上色</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} / {total}</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Open the folder above</source>
        <translation>打开上层文件夹</translation>
    </message>
</context>
<context>
    <name>Habits</name>
    <message>
        <source>There is nothing in the clipboard that can be coloured. Copy a picture, or files.</source>
        <translation>剪贴板中没有可以上色的内容。请复制图片或文件。</translation>
    </message>
    <message>
        <source>About Color Studio</source>
        <translation>关于 Color Studio</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing has been noted yet.</source>
        <translation>还没有任何记录。</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Space, middle button</source>
        <translation>空格键、鼠标中键</translation>
    </message>
    <message>
        <source>Drag the picture</source>
        <translation>拖动图片</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Fit the picture, or show true pixels</source>
        <translation>适合窗口，或显示实际像素</translation>
    </message>
    <message>
        <source>Show the original while it is held</source>
        <translation>按住时显示原图</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Take selected pictures out of the queue</source>
        <translation>把选中的图片移出队列</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+↑、Alt+↓</translation>
    </message>
    <message>
        <source>Move them in the queue</source>
        <translation>在队列中移动</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Show the hints, or hide them</source>
        <translation>显示或隐藏提示</translation>
    </message>
    <message>
        <source>Show the leaks, or hide them</source>
        <translation>显示或隐藏漏色处</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>试用样图</translation>
    </message>
    <message>
        <source>Open the results</source>
        <translation>打开结果</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Remove all hints of this page</source>
        <translation>删除本页的所有提示</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Queue only the selected</source>
        <translation>仅将选中的加入队列</translation>
    </message>
    <message>
        <source>Add the selected to the queue</source>
        <translation>将选中的添加到队列</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>上色</translation>
    </message>
    <message>
        <source>Try {count} first</source>
        <translation>先试 {count} 张</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel what waits</source>
        <translation>取消等待中的</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>重试失败的</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>清除已结束的</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Self-test…</source>
        <translation>自检…</translation>
    </message>
    <message>
        <source>Show the log…</source>
        <translation>显示日志…</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>True pixels</source>
        <translation>实际像素</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not yet coloured</source>
        <translation>尚未上色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>最大在前</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
</context>
<context>
    <name>HexField</name>
    <message>
        <source>Value of the colour</source>
        <translation>颜色值</translation>
    </message>
    <message>
        <source>The colour&apos;s value, such as #d04030</source>
        <translation>颜色值，例如 #d04030</translation>
    </message>
</context>
<context>
    <name>HintBar</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Recent colours</source>
        <translation>最近的颜色</translation>
    </message>
    <message>
        <source>Show the hints over the picture  (M)</source>
        <translation>在图片上显示提示  (M)</translation>
    </message>
    <message>
        <source>Show where colour may flow out through gaps in the lines  (L)</source>
        <translation>显示颜色可能从线条缺口漏出的地方  (L)</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
    <message>
        <source>This style takes no hints.</source>
        <translation>这个风格不使用上色提示。</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>抓手</translation>
    </message>
    <message>
        <source>Move the picture, or a hint  (V)</source>
        <translation>移动图片或提示  (V)</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Place a dot: this colour here  (D)</source>
        <translation>放置一个点：此处用这种颜色  (D)</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Paint a stroke of colour  (B)</source>
        <translation>画一笔颜色  (B)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Erase hints  (E)</source>
        <translation>擦除提示  (E)</translation>
    </message>
    <message>
        <source>Picker</source>
        <translation>吸管</translation>
    </message>
    <message>
        <source>Pick a colour from the picture  (I, or Ctrl+click with any tool)</source>
        <translation>从图片中吸取颜色  (I，或用任何工具 Ctrl+单击)</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Brush size  ([ and ])</source>
        <translation>画笔大小  ([ 和 ])</translation>
    </message>
</context>
<context>
    <name>HintWiring</name>
    <message>
        <source>For this spot</source>
        <translation>适合此处</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
</context>
<context>
    <name>Leaks</name>
    <message>
        <source>Worst first</source>
        <translation>漏色最多的排前</translation>
    </message>
    <message>
        <source>Pictures whose colours leak most come first</source>
        <translation>颜色漏出最多的图片排在最前</translation>
    </message>
    <message>
        <source>Leaks: {share}, no open gaps</source>
        <translation>漏色：{share}，没有缺口</translation>
    </message>
    <message>
        <source>Leaks: {share}, 1 open gap</source>
        <translation>漏色：{share}，1 处缺口</translation>
    </message>
    <message>
        <source>Leaks: {share}, {count} open gaps</source>
        <translation>漏色：{share}，{count} 处缺口</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Last look</source>
        <translation>上次查看</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的原图</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Save, and give memory and processor free</source>
        <translation>保存，并释放内存和处理器</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>End the training now and keep the best as a style</source>
        <translation>立即结束训练，把最佳结果保留为风格</translation>
    </message>
    <message>
        <source>At step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Now, at step {step}</source>
        <translation>现在，第 {step} 步</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
    <message>
        <source>about {time} left, done at {clock}</source>
        <translation>剩余约 {time}，{clock} 完成</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>使用显卡</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>使用处理器</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
</context>
<context>
    <name>Lookout</name>
    <message>
        <source>No pictures here</source>
        <translation>这里没有图片</translation>
    </message>
    <message>
        <source>Can&apos;t be opened</source>
        <translation>无法打开</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a folder of pictures</source>
        <translation>打开图片文件夹</translation>
    </message>
    <message>
        <source>Add pictures to the queue</source>
        <translation>向队列添加图片</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>选择存放结果的文件夹</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be dropped here. Save the picture first, then drop its file.</source>
        <translation>只能拖入这台电脑上的文件和文件夹。请先保存图片，再拖入文件。</translation>
    </message>
    <message>
        <source>{pictures} still to be coloured. Stop and close?</source>
        <translation>还有 {pictures}没有上色。要停止并关闭吗？</translation>
    </message>
    <message>
        <source>Finished pictures are kept.</source>
        <translation>已完成的图片会保留。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pictures and books ({patterns});;All files (*)</source>
        <translation>图片和书册 ({patterns});;所有文件 (*)</translation>
    </message>
    <message>
        <source>No pictures here</source>
        <translation>这里没有图片</translation>
    </message>
    <message>
        <source>There is no style to colour with. Install Color Studio again, or import a style.</source>
        <translation>没有可用于上色的风格。请重新安装 Color Studio，或导入风格。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
</context>
<context>
    <name>Menus</name>
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
        <translation>查看(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批量(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Styles</source>
        <translation>风格(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Copy what happened, for a report</source>
        <translation>复制详情以便报告</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>OutputBox</name>
    <message>
        <source>Like the page</source>
        <translation>与原页相同</translation>
    </message>
    <message>
        <source>PSD with layers</source>
        <translation>PSD（带图层）</translation>
    </message>
    <message>
        <source>ORA with layers</source>
        <translation>ORA（带图层）</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>“{name}” beside the pictures, in {count} places</source>
        <translation>图片旁的“{name}”，共 {count} 处</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>If it exists</source>
        <translation>已存在时</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose another folder for the results</source>
        <translation>选择另一个结果文件夹</translation>
    </message>
    <message>
        <source>Open the folder of the results</source>
        <translation>打开结果文件夹</translation>
    </message>
    <message>
        <source>Format of the results</source>
        <translation>结果的格式</translation>
    </message>
    <message>
        <source>PSD and ORA keep lines, colour and flats apart</source>
        <translation>PSD 和 ORA 把线稿、颜色和平涂分层保存</translation>
    </message>
    <message>
        <source>If a result exists already</source>
        <translation>结果已存在时</translation>
    </message>
    <message>
        <source>What to do with pictures that were coloured before</source>
        <translation>如何处理以前上过色的图片</translation>
    </message>
    <message>
        <source>Names of the results</source>
        <translation>结果的名称</translation>
    </message>
    <message>
        <source>Names of the results: {name} is the page&apos;s name, {number} its place in the queue from 001 on, {folder} the folder it lies in</source>
        <translation>结果的名称：{name} 是页面名称，{number} 是从 001 起的队列序号，{folder} 是所在文件夹</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>From grey</source>
        <translation>从灰度</translation>
    </message>
    <message>
        <source>The page made grey, then coloured</source>
        <translation>把页面变灰，再上色</translation>
    </message>
    <message>
        <source>From lines</source>
        <translation>从线稿</translation>
    </message>
    <message>
        <source>The page&apos;s line art, painted</source>
        <translation>页面的线稿，上色后</translation>
    </message>
    <message>
        <source>What is coloured</source>
        <translation>上色对象</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Pages that are held back appear here.</source>
        <translation>预留页显示在这里。</translation>
    </message>
</context>
<context>
    <name>PalettePanel</name>
    <message>
        <source>Palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>Take a palette from a file</source>
        <translation>从文件读取调色板</translation>
    </message>
    <message>
        <source>Save the palette as .gpl</source>
        <translation>把调色板存为 .gpl</translation>
    </message>
    <message>
        <source>Colour without a palette</source>
        <translation>不用调色板上色</translation>
    </message>
    <message>
        <source>Palette only</source>
        <translation>仅用调色板</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>绘画</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>平涂</translation>
    </message>
    <message>
        <source>this style takes no palette</source>
        <translation>这个风格不使用调色板</translation>
    </message>
    <message>
        <source>Line art: from painted to one colour for each region</source>
        <translation>线稿：从绘画到每个区域一种颜色</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art, which flats need.</source>
        <translation>这个风格不能给线稿上色，而平涂需要线稿。</translation>
    </message>
    <message>
        <source>Flats need line art: choose another mode.</source>
        <translation>平涂需要线稿：请选择其他模式。</translation>
    </message>
    <message>
        <source>From painted to flat</source>
        <translation>从绘画到平涂</translation>
    </message>
    <message>
        <source>Flats have no other colours than the palette&apos;s</source>
        <translation>平涂只使用调色板中的颜色</translation>
    </message>
</context>
<context>
    <name>PaletteWiring</name>
    <message>
        <source>Drop one finished page or one palette file on the palette.</source>
        <translation>请把一张已完成的页面或一个调色板文件拖到调色板上。</translation>
    </message>
    <message>
        <source>Palettes and pictures (*);;Palettes ({patterns})</source>
        <translation>调色板和图片 (*);;调色板 ({patterns})</translation>
    </message>
    <message>
        <source>Take a palette from</source>
        <translation>读取调色板</translation>
    </message>
    <message>
        <source>Save the palette</source>
        <translation>保存调色板</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name.</source>
        <translation>已有同名文件。请选择其他名称。</translation>
    </message>
</context>
<context>
    <name>Pasting</name>
    <message>
        <source>The picture in the clipboard can&apos;t be used. Save it to a file and open that.</source>
        <translation>剪贴板中的图片无法使用。请存为文件再打开。</translation>
    </message>
</context>
<context>
    <name>PictureGrid</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Queue only {pictures}</source>
        <translation>仅将 {pictures}加入队列</translation>
    </message>
    <message>
        <source>Add {pictures} to the queue</source>
        <translation>将 {pictures}添加到队列</translation>
    </message>
    <message>
        <source>Copy the hints in view to {pictures}</source>
        <translation>把当前提示复制到 {pictures}</translation>
    </message>
</context>
<context>
    <name>PixelReadout</name>
    <message>
        <source>Pixel under the cursor</source>
        <translation>光标处的像素</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Try {count} first</source>
        <translation>先试 {count} 张</translation>
    </message>
    <message>
        <source>Colour the first {count} pictures, look at them, then go on</source>
        <translation>先给前 {count} 张图片上色，看过后再继续</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已结束</translation>
    </message>
    <message>
        <source>Take pictures that have ended off the list</source>
        <translation>把已结束的图片移出列表</translation>
    </message>
    <message>
        <source>Pictures to colour are listed here.</source>
        <translation>要上色的图片列在这里。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Start first</source>
        <translation>最先开始</translation>
    </message>
    <message>
        <source>Start last</source>
        <translation>最后开始</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Pausing after this picture…</source>
        <translation>完成这张图片后暂停…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing to do yet</source>
        <translation>暂无任务</translation>
    </message>
    <message>
        <source>Retry {count} failed</source>
        <translation>重试失败（{count}）</translation>
    </message>
</context>
<context>
    <name>RegionCanvas</name>
    <message>
        <source>Close this gap</source>
        <translation>封闭此缺口</translation>
    </message>
    <message>
        <source>Only line art has regions: this picture is coloured as greyscale. If it is line art, choose that mode above.</source>
        <translation>只有线稿才有区域：这张图片按灰度上色。如果它是线稿，请在上方选择该模式。</translation>
    </message>
    <message>
        <source>Finding regions…</source>
        <translation>正在查找区域…</translation>
    </message>
    <message>
        <source>No open gaps found.</source>
        <translation>没有发现缺口。</translation>
    </message>
    <message>
        <source>One place where colour may flow out: point at it to close it.</source>
        <translation>有 1 处颜色可能漏出：指向它即可封闭。</translation>
    </message>
    <message>
        <source>{count} places where colour may flow out: point at one to close it.</source>
        <translation>有 {count} 处颜色可能漏出：指向其中一处即可封闭。</translation>
    </message>
</context>
<context>
    <name>RegionTools</name>
    <message>
        <source>Region tools</source>
        <translation>区域工具</translation>
    </message>
    <message>
        <source>This style doesn&apos;t paint line art, so it knows no regions.</source>
        <translation>此风格不给线稿上色，因此没有区域。</translation>
    </message>
    <message>
        <source>Fill, merge, close and split regions</source>
        <translation>填充、合并、封闭和拆分区域</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Fill a region with the colour in hand  (G)</source>
        <translation>用当前颜色填充区域  (G)</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Merge regions: draw across them  (J)</source>
        <translation>合并区域：画一笔穿过它们  (J)</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>封闭缺口</translation>
    </message>
    <message>
        <source>Close a gap: draw a line that bars the way  (C)</source>
        <translation>封闭缺口：画一条线挡住去路  (C)</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Split a region: draw a line through it  (K)</source>
        <translation>拆分区域：画一条线穿过它  (K)</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Before</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>训练后</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的原图</translation>
    </message>
    <message>
        <source>Trained on {pictures:,} pictures in {steps:,} steps.</source>
        <translation>用 {pictures:,} 张图片训练了 {steps:,} 步。</translation>
    </message>
    <message>
        <source>Before, with “{start}”</source>
        <translation>训练前，使用“{start}”</translation>
    </message>
    <message>
        <source>After, pages it has not seen</source>
        <translation>训练后，未见过的页面</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Only these</source>
        <translation>仅这些</translation>
    </message>
    <message>
        <source>Colour the selected pictures and no others</source>
        <translation>只给选中的图片上色</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Add the selected pictures to the queue</source>
        <translation>将选中的图片添加到队列</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>已选 {count} 张</translation>
    </message>
</context>
<context>
    <name>SelfTest</name>
    <message>
        <source>Self-test</source>
        <translation>自检</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>再次检测</translation>
    </message>
    <message>
        <source>Testing… this takes a few seconds.</source>
        <translation>正在检测…需要几秒钟。</translation>
    </message>
    <message>
        <source>No style is loaded</source>
        <translation>未加载风格</translation>
    </message>
    <message>
        <source>Pictures are coloured on the {device}</source>
        <translation>图片由 {device} 上色</translation>
    </message>
    <message>
        <source>That is the fastest device that works here.</source>
        <translation>这是此处可用的最快设备。</translation>
    </message>
    <message>
        <source>The test could not be run: {reason}</source>
        <translation>无法运行自检：{reason}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>The fastest that works</source>
        <translation>可用的最快设备</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>显卡 (CUDA)</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器 (CPU)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The language of the window; it changes with the next start.</source>
        <translation>窗口的语言；下次启动时生效。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Neutral greys either way, so that colours can be judged.</source>
        <translation>两种都是中性灰，便于判断颜色。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What pictures are coloured on, from the next batch on.</source>
        <translation>从下一批开始，用什么为图片上色。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Empty: a folder “colorized” beside the pages.</source>
        <translation>留空：页面旁的“colorized”文件夹。</translation>
    </message>
    <message>
        <source>Leave out pages that have colours</source>
        <translation>跳过已有颜色的页面</translation>
    </message>
    <message>
        <source>A batch passes them over, unless they have hints or a mode.</source>
        <translation>批量上色时会跳过这些页面，除非有提示或选定了模式。</translation>
    </message>
    <message>
        <source>Tell me when a batch ends</source>
        <translation>批量结束时通知我</translation>
    </message>
    <message>
        <source>By a message of the desktop, unless this window is in front.</source>
        <translation>以桌面通知的方式，除非本窗口在最前面。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose a folder for all results</source>
        <translation>选择存放所有结果的文件夹</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SpotPopup</name>
    <message>
        <source>Other colour…</source>
        <translation>其他颜色…</translation>
    </message>
    <message>
        <source>Remove hint</source>
        <translation>移除提示</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Device in use: open the self-test</source>
        <translation>使用中的设备：打开自检</translation>
    </message>
    <message>
        <source>Device: getting ready…</source>
        <translation>设备：正在准备…</translation>
    </message>
    <message>
        <source>The style is being loaded</source>
        <translation>正在加载风格</translation>
    </message>
    <message>
        <source>Pictures are coloured on the {device}.</source>
        <translation>图片由 {device} 上色。</translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation>设备：{device}</translation>
    </message>
    <message>
        <source>Device: none in use</source>
        <translation>设备：未使用</translation>
    </message>
</context>
<context>
    <name>StyleDetails</name>
    <message>
        <source>About the style</source>
        <translation>关于此风格</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>致谢</translation>
    </message>
    <message>
        <source>A page in this style</source>
        <translation>这个风格的一页</translation>
    </message>
</context>
<context>
    <name>StyleManager</name>
    <message>
        <source>Use this style</source>
        <translation>使用此风格</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>改名…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Only .colorstyle files of this computer can be dropped here.</source>
        <translation>只能拖入这台电脑上的 .colorstyle 文件。</translation>
    </message>
    <message>
        <source>Styles ({pattern})</source>
        <translation>风格 ({pattern})</translation>
    </message>
    <message>
        <source>Import styles</source>
        <translation>导入风格</translation>
    </message>
    <message>
        <source>Export the style</source>
        <translation>导出风格</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name.</source>
        <translation>已有同名文件。请选择其他名称。</translation>
    </message>
    <message>
        <source>Remove the style “{name}” for good?</source>
        <translation>要永久删除风格“{name}”吗？</translation>
    </message>
    <message>
        <source>{more} more could not be imported.</source>
        <translation>另有 {more} 个无法导入。</translation>
    </message>
    <message>
        <source>{name}  (in use)</source>
        <translation>{name}  （使用中）</translation>
    </message>
    <message>
        <source>This style came with Color Studio.</source>
        <translation>这个风格随 Color Studio 附带。</translation>
    </message>
    <message>
        <source>Colour the picture in view in two styles, side by side</source>
        <translation>用两种风格为当前图片上色并对比</translation>
    </message>
    <message>
        <source>Open a picture, and have two styles, to compare them</source>
        <translation>打开一张图片并有两种风格，才能对比</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Rename the style</source>
        <translation>风格改名</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>What the style is called in the list</source>
        <translation>风格在列表中的名称</translation>
    </message>
    <message>
        <source>Stands in the style&apos;s description; may stay empty</source>
        <translation>写入风格说明；可以留空</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Give the style a name.</source>
        <translation>请为风格命名。</translation>
    </message>
    <message>
        <source>A name is one line of up to 64 letters, digits and spaces.</source>
        <translation>名称为一行，最多 64 个字母、数字和空格。</translation>
    </message>
    <message>
        <source>There is a style of this name already. Choose another name.</source>
        <translation>已有同名风格。请选择其他名称。</translation>
    </message>
    <message>
        <source>A training of this name was begun and not ended. Go Back to continue it, or choose another name.</source>
        <translation>同名训练已开始但未结束。请返回继续，或选择其他名称。</translation>
    </message>
    <message>
        <source>There is no style to start from. Install Color Studio again.</source>
        <translation>没有可作为起点的风格。请重新安装 Color Studio。</translation>
    </message>
    <message>
        <source>A number behind Advanced is out of its range.</source>
        <translation>“高级”中有数值超出范围。</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
    <message>
        <source>A first look at what comes of it.</source>
        <translation>先看看效果。</translation>
    </message>
    <message>
        <source>Good for one book or series on most computers.</source>
        <translation>大多数电脑上适合一本书或一个系列。</translation>
    </message>
    <message>
        <source>For many pages, or a slow computer.</source>
        <translation>页数多，或电脑较慢时。</translation>
    </message>
    <message>
        <source>For hundreds of pages; it ends early if more makes it worse.</source>
        <translation>适合数百页；如果继续反而变差会提前结束。</translation>
    </message>
    <message>
        <source>The fastest that works</source>
        <translation>可用的最快设备</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>显卡 (CUDA)</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Starts from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Quality, in minutes</source>
        <translation>质量（分钟）</translation>
    </message>
    <message>
        <source>Trains on</source>
        <translation>训练设备</translation>
    </message>
    <message>
        <source>Pictures per step</source>
        <translation>每步图片数</translation>
    </message>
    <message>
        <source>Side of the crops</source>
        <translation>裁切边长</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Name it, and say how long it may learn</source>
        <translation>为它命名，并决定学习多久</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>the recipe&apos;s own</source>
        <translation>使用配方的默认值</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
</context>
<context>
    <name>StylePicker</name>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>The style that pictures are coloured in</source>
        <translation>为图片上色所用的风格</translation>
    </message>
    <message>
        <source>No style</source>
        <translation>没有风格</translation>
    </message>
    <message>
        <source>By {author}.</source>
        <translation>作者：{author}。</translation>
    </message>
</context>
<context>
    <name>StyleTools</name>
    <message>
        <source>“{name}” is still being trained. It is saved now and can be continued.</source>
        <translation>“{name}”仍在训练中。现在会保存，以后可以继续。</translation>
    </message>
    <message>
        <source>Train on my style…</source>
        <translation>训练我的风格…</translation>
    </message>
    <message>
        <source>Make a style of your own from finished pages</source>
        <translation>用已完成的页面制作自己的风格</translation>
    </message>
    <message>
        <source>Styles…</source>
        <translation>风格…</translation>
    </message>
    <message>
        <source>Look at, import, pass on and compare styles</source>
        <translation>查看、导入、分享和对比风格</translation>
    </message>
</context>
<context>
    <name>Styles</name>
    <message>
        <source>Came with Color Studio</source>
        <translation>随 Color Studio 附带</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
    <message>
        <source>by {author}</source>
        <translation>作者 {author}</translation>
    </message>
    <message>
        <source>Trained on {pictures:,} pictures in {steps:,} steps</source>
        <translation>用 {pictures:,} 张图片训练 {steps:,} 步</translation>
    </message>
    <message>
        <source>{share}&#xa0;% smaller by itself</source>
        <translation>自动上色小 {share}&#xa0;%</translation>
    </message>
    <message>
        <source>{share}&#xa0;% with 10 hints</source>
        <translation>10 个提示时小 {share}&#xa0;%</translation>
    </message>
    <message>
        <source>{share}&#xa0;% with a palette</source>
        <translation>用调色板时小 {share}&#xa0;%</translation>
    </message>
    <message>
        <source>The error of its colours, beside that of a grey page: {parts} ({pages} pages it has not seen).</source>
        <translation>颜色误差与灰度页相比：{parts}（{pages} 张未见过的页面）。</translation>
    </message>
    <message>
        <source>No figures: it was not judged on pages it has not seen.</source>
        <translation>没有数据：未在未见过的页面上评估。</translation>
    </message>
</context>
<context>
    <name>TakingUp</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>A batch was interrupted: {left} of {total} are still to be coloured.</source>
        <translation>一批任务被中断：{total} 张中还有 {left} 张待上色。</translation>
    </message>
    <message>
        <source>A batch was interrupted: {left} of {total} in “{folder}” are still to be coloured.</source>
        <translation>一批任务被中断：“{folder}”中 {total} 张里还有 {left} 张待上色。</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Find out for each picture whether it is greyscale or line art</source>
        <translation>逐张判断是灰度还是线稿</translation>
    </message>
    <message>
        <source>Keep the picture&apos;s light and dark exactly, add colour</source>
        <translation>严格保留图片的明暗，加上颜色</translation>
    </message>
    <message>
        <source>Keep the lines, paint the paper between them</source>
        <translation>保留线条，在线条之间的纸面上色</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open a folder  (Ctrl+O)</source>
        <translation>打开文件夹  (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Add to the queue  (Ctrl+Shift+O)</source>
        <translation>添加到队列  (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop after the pictures being coloured  (Esc)</source>
        <translation>完成正在上色的图片后停止  (Esc)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Rest before the next picture, or go on  (Ctrl+P)</source>
        <translation>在下一张图片前暂停，或继续  (Ctrl+P)</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>上色</translation>
    </message>
    <message>
        <source>Colour everything that waits in the queue  (Ctrl+Return)</source>
        <translation>为队列中等待的全部图片上色  (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art. Choose another style for that.</source>
        <translation>这个风格不能给线稿上色。请选择其他风格。</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>正在上色…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Colorize {pictures}</source>
        <translation>上色 {pictures}</translation>
    </message>
    <message>
        <source>Continue with {pictures}</source>
        <translation>继续上色 {pictures}</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Reading picture {done} of {total}…</source>
        <translation>正在读取图片 {done} / {total}…</translation>
    </message>
    <message>
        <source>Comparing the pictures with each other…</source>
        <translation>正在互相比较图片…</translation>
    </message>
    <message>
        <source>Looking at the held-back pages first…</source>
        <translation>先查看预留页…</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>Choosing the best, and making the style…</source>
        <translation>正在选出最佳结果并生成风格…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Paused. Nothing is saved yet, as it had just begun.</source>
        <translation>已暂停。训练刚刚开始，还没有可保存的内容。</translation>
    </message>
    <message>
        <source>Paused. Everything is saved.</source>
        <translation>已暂停。全部已保存。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was kept.</source>
        <translation>已取消。没有保留任何内容。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>One picture can be learnt from, but nobody will know how the style does on other pages. 10 to 30 finished pages are best.</source>
        <translation>一张图片也可以学习，但无从得知风格在其他页面上的表现。10 到 30 页完成的页面最好。</translation>
    </message>
    <message>
        <source>That is few. It will work, but 10 to 30 finished pages are best.</source>
        <translation>有点少。可以进行，但 10 到 30 页完成的页面最好。</translation>
    </message>
    <message>
        <source>That is enough for a style of your own.</source>
        <translation>足够制作您自己的风格。</translation>
    </message>
    <message>
        <source>The colours differ much from page to page, so one tells little about another. A style learns best from one book, series or palette.</source>
        <translation>各页颜色差异很大，难以相互借鉴。从同一本书、系列或配色学习效果最好。</translation>
    </message>
    <message>
        <source>The training was ended from outside, or the computer ran out of memory. What was learnt up to the last save is kept: press Continue.</source>
        <translation>训练被外部终止，或内存耗尽。上次保存前的学习成果已保留：请按“继续”。</translation>
    </message>
    <message>
        <source>The training was ended from outside, or the computer ran out of memory, before anything was saved. Close other programs, then start it again.</source>
        <translation>训练在保存之前被外部终止，或内存耗尽。请关闭其他程序后重新开始。</translation>
    </message>
    <message>
        <source>The disk is full, so the training was stopped. Make room, then press Continue: what was learnt is kept.</source>
        <translation>磁盘已满，训练已停止。请腾出空间后按“继续”：学习成果已保留。</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then try again.</source>
        <translation>磁盘已满。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>There is no colour picture to learn from in this folder. Choose a folder with finished, coloured pages.</source>
        <translation>这个文件夹中没有可供学习的彩色图片。请选择含有已上色完成页的文件夹。</translation>
    </message>
    <message>
        <source>There is not enough memory. Close other programs, then try again.</source>
        <translation>内存不足。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The pictures could not be looked at. Try again, or choose another folder.</source>
        <translation>无法查看图片。请重试，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is no better than what it grew from</source>
        <translation>“{name}”没有比起点更好</translation>
    </message>
    <message>
        <source>“{name}” is ready</source>
        <translation>“{name}”已就绪</translation>
    </message>
    <message>
        <source>So it colours exactly as “{start}” does.</source>
        <translation>因此它的上色与“{start}”完全相同。</translation>
    </message>
    <message>
        <source>No page was held back, so how well it colours other pages is not known.</source>
        <translation>没有预留页，因此不知道它在其他页面上的表现。</translation>
    </message>
    <message>
        <source>The training ended early, because more would have made it worse on pages that it has not seen. The best state was kept.</source>
        <translation>训练提前结束，因为继续下去会让未见过的页面变差。已保留最佳状态。</translation>
    </message>
    <message>
        <source>Grey pages</source>
        <translation>灰度页</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>{mode}: {after:.1f} dB on {pages} pages not seen before.</source>
        <translation>{mode}：在 {pages} 张未见过的页面上为 {after:.1f} dB。</translation>
    </message>
    <message>
        <source>{mode}: the error of its colours is {share}&#xa0;% smaller on pages it has not seen ({before:.1f} → {after:.1f} dB).</source>
        <translation>{mode}：在未见过的页面上，颜色误差减小 {share}&#xa0;%（{before:.1f} → {after:.1f} dB）。</translation>
    </message>
    <message>
        <source>{mode}: the error of its colours is {share}&#xa0;% larger on pages it has not seen ({before:.1f} → {after:.1f} dB).</source>
        <translation>{mode}：在未见过的页面上，颜色误差增大 {share}&#xa0;%（{before:.1f} → {after:.1f} dB）。</translation>
    </message>
    <message>
        <source>{mode}: as good as before on pages it has not seen ({after:.1f} dB).</source>
        <translation>{mode}：在未见过的页面上与之前一样好（{after:.1f} dB）。</translation>
    </message>
    <message>
        <source>The pictures are too mixed: train on one book, series or palette at a time.</source>
        <translation>图片过于混杂：请每次只用一本书、一个系列或一种配色训练。</translation>
    </message>
    <message>
        <source>The folder is too small: add finished pages, 10 to 30 in all.</source>
        <translation>文件夹内容太少：请添加完成的页面，共 10 到 30 页。</translation>
    </message>
    <message>
        <source>The training was too short: give it more minutes.</source>
        <translation>训练时间太短：请多给几分钟。</translation>
    </message>
    <message>
        <source>The pages may be too different from each other, or from what can be learnt in this time: try more pages of one kind, or more minutes.</source>
        <translation>页面之间差异可能过大，或在这段时间内难以学会：请用更多同类页面，或更长时间。</translation>
    </message>
    <message>
        <source>“{name}” stopped at {share}&#xa0;%.</source>
        <translation>“{name}”停在 {share}&#xa0;%。</translation>
    </message>
    <message>
        <source>1 picture is left out:</source>
        <translation>有 1 张图片不使用：</translation>
    </message>
    <message>
        <source>{number:,} pictures are left out:</source>
        <translation>有 {number:,} 张图片不使用：</translation>
    </message>
    <message>
        <source>1 picture to learn from</source>
        <translation>1 张图片可供学习</translation>
    </message>
    <message>
        <source>{used:,} pictures to learn from, {held:,} of them held back to judge by</source>
        <translation>{used:,} 张图片可供学习，其中 {held:,} 张预留用于评估</translation>
    </message>
</context>
<context>
    <name>TrainingWizard</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Train on my style</source>
        <translation>训练我的风格</translation>
    </message>
    <message>
        <source>A folder of finished pages</source>
        <translation>已完成页面的文件夹</translation>
    </message>
    <message>
        <source>Only folders of this computer can be dropped here.</source>
        <translation>只能拖入这台电脑上的文件夹。</translation>
    </message>
    <message>
        <source>Throw away what “{name}” has learnt?</source>
        <translation>要丢弃“{name}”的学习成果吗？</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Keep on</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Train another</source>
        <translation>再训练一个</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation>取消训练</translation>
    </message>
    <message>
        <source>Throw away…</source>
        <translation>丢弃…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Use this style</source>
        <translation>使用此风格</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>线稿</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
    <message>
        <source>Hints copied to {pictures}.</source>
        <translation>提示已复制到 {pictures}。</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>{rate} pictures/s</source>
        <translation>{rate} 张/秒</translation>
    </message>
    <message>
        <source>{rate} pictures/min</source>
        <translation>{rate} 张/分</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>剩余 {duration}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>预计 {time} 完成</translation>
    </message>
    <message>
        <source>Will be skipped: coloured before</source>
        <translation>将跳过：以前已上色</translation>
    </message>
    <message>
        <source>with a warning</source>
        <translation>有警告</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Skipped: coloured before</source>
        <translation>已跳过：以前已上色</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Not coloured yet</source>
        <translation>尚未上色</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>正在上色…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>{pictures} coloured</source>
        <translation>已上色 {pictures}</translation>
    </message>
    <message>
        <source>All done: {pictures} coloured</source>
        <translation>全部完成：已上色 {pictures}</translation>
    </message>
    <message>
        <source>Nothing left to colour</source>
        <translation>没有要上色的了</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>失败 {count}</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>跳过 {count}</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>取消 {count}</translation>
    </message>
    <message>
        <source>{parts}.</source>
        <translation>{parts}。</translation>
    </message>
    <message>
        <source>{count} to colour</source>
        <translation>待上色 {count} 张</translation>
    </message>
    <message>
        <source>1 was coloured before</source>
        <translation>1 张以前已上色</translation>
    </message>
    <message>
        <source>{count} were coloured before</source>
        <translation>{count} 张以前已上色</translation>
    </message>
    <message>
        <source>Nothing to colour</source>
        <translation>没有要上色的图片</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a line</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
</context>
</TS>
