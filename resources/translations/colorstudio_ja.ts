<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name></name>
    <message>
        <source>The pages have more than {most} GiB unpacked, the most that is read of one archive. Split it.</source>
        <translation>ページを展開すると {most} GiB を超えます。1 つのアーカイブから読み込めるのはここまでです。分割してください。</translation>
    </message>
    <message>
        <source>There is no “{page}” in “{book}”.</source>
        <translation>「{book}」に「{page}」はありません。</translation>
    </message>
    <message>
        <source>The archive holds a file that leads out of its folder (“{name}”). Don&apos;t trust it; if you do, unpack it yourself and colour the folder.</source>
        <translation>アーカイブに、フォルダーの外を指すファイル（「{name}」）があります。信用しないでください。信用できる場合は、自分で展開してからそのフォルダーを着色してください。</translation>
    </message>
    <message>
        <source>There is no page in it that can be read. Leave it out.</source>
        <translation>読み込めるページがありません。除いてください。</translation>
    </message>
    <message>
        <source>It has {pages:,} pages; at most {most:,} of one book are read. Split it.</source>
        <translation>{pages:,} ページあります。1 冊から読み込めるのは {most:,} ページまでです。分割してください。</translation>
    </message>
    <message>
        <source>The colour profile in the file is broken or does not fit its pixels, so it was left out: colours may look a little different.</source>
        <translation>ファイルのカラープロファイルが壊れているか画素と合わないため、使いませんでした。色が少し違って見えることがあります。</translation>
    </message>
    <message>
        <source>Part of the file is damaged or missing, so part of the picture may be wrong or empty.</source>
        <translation>ファイルの一部が壊れているか欠けているため、画像の一部が正しくないか空になっていることがあります。</translation>
    </message>
    <message>
        <source>The picture is damaged, or of a kind that cannot be read. Open it in a paint program and save it again as PNG.</source>
        <translation>画像が壊れているか、読み込めない種類です。ペイントソフトで開いて PNG で保存し直してください。</translation>
    </message>
    <message>
        <source>The file changed while it was being read. Start again when the other program has saved it.</source>
        <translation>読み込み中にファイルが変わりました。ほかのソフトが保存し終えてから、もう一度始めてください。</translation>
    </message>
    <message>
        <source>This is a folder, not a picture. Choose a picture in it.</source>
        <translation>これは画像ではなくフォルダーです。中の画像を選んでください。</translation>
    </message>
    <message>
        <source>This is a pipe, a socket or a device, not a picture file. Leave it out.</source>
        <translation>これは画像ファイルではなく、パイプ、ソケット、またはデバイスです。除いてください。</translation>
    </message>
    <message>
        <source>The file is empty. Export or copy the picture again.</source>
        <translation>ファイルが空です。画像を書き出し直すか、コピーし直してください。</translation>
    </message>
    <message>
        <source>The file has {size:,} bytes; at most {most:,} are read. Save it with compression, or smaller.</source>
        <translation>ファイルは {size:,} バイトあります。読み込めるのは {most:,} バイトまでです。圧縮するか小さくして保存してください。</translation>
    </message>
    <message>
        <source>{width:,} x {height:,} = {pixels:,} pixels</source>
        <translation>{width:,} × {height:,} = {pixels:,} 画素</translation>
    </message>
    <message>
        <source>too many pixels</source>
        <translation>多すぎる画素</translation>
    </message>
    <message>
        <source>{pixels:,} pixels</source>
        <translation>{pixels:,} 画素</translation>
    </message>
    <message>
        <source>The picture claims {size}; at most {most:,} pixels are coloured. Scale it down or cut it into parts.</source>
        <translation>画像の大きさは {size} とされています。着色できるのは {most:,} 画素までです。縮小するか分割してください。</translation>
    </message>
    <message>
        <source>This is not a picture of a kind that can be read (PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA, KRA). Save it again as PNG.</source>
        <translation>読み込める種類の画像ではありません（PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA、KRA）。PNG で保存し直してください。</translation>
    </message>
    <message>
        <source>{format} holds at most {longest:,} pixels a side; this picture has {width:,} x {height:,}. Choose PNG or TIFF.</source>
        <translation>{format} は 1 辺 {longest:,} 画素までです。この画像は {width:,} × {height:,} です。PNG か TIFF を選んでください。</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then run the same command again: finished pictures are kept.</source>
        <translation>ディスクがいっぱいです。空きを作ってから同じ操作をもう一度行ってください。できあがった画像は残っています。</translation>
    </message>
    <message>
        <source>{what} is not there. Check the name, and that its drive is connected.</source>
        <translation>{what}がありません。名前と、ドライブが接続されているかを確かめてください。</translation>
    </message>
    <message>
        <source>The drive that holds {what} does not answer properly. Check it, then try again.</source>
        <translation>{what}のあるドライブが正しく応答しません。確かめてから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The system allows no more open files. Close other programs, then try again.</source>
        <translation>これ以上ファイルを開けません。ほかのソフトを終了してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The name of {what} is too long for its disk. Use a shorter name or a folder higher up.</source>
        <translation>{what}の名前がディスクには長すぎます。短い名前にするか、上の階層のフォルダーを使ってください。</translation>
    </message>
    <message>
        <source>There is not enough memory for {what}. Close other programs or use a smaller picture.</source>
        <translation>{what}のためのメモリーが足りません。ほかのソフトを終了するか、小さい画像を使ってください。</translation>
    </message>
    <message>
        <source>There is no permission to open {what}. Change its permissions, or close the program that uses it.</source>
        <translation>{what}を開く権限がありません。アクセス権を変えるか、使っているソフトを終了してください。</translation>
    </message>
    <message>
        <source>{what} can&apos;t be replaced: it is write-protected, or open in another program. Close it there, then start again.</source>
        <translation>{what}を置き換えられません。書き込み禁止か、別のソフトで開かれています。そこで閉じてから、もう一度始めてください。</translation>
    </message>
    <message>
        <source>The output folder is read-only. Choose another one.</source>
        <translation>出力フォルダーは読み取り専用です。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{what} is a folder. Choose a picture in it.</source>
        <translation>{what}はフォルダーです。中の画像を選んでください。</translation>
    </message>
    <message>
        <source>{what} exists already. Choose another name.</source>
        <translation>{what}はすでにあります。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>{what} is a link that leads round in a circle. Choose the real file.</source>
        <translation>{what}は循環しているリンクです。実際のファイルを選んでください。</translation>
    </message>
    <message>
        <source>{what} grew larger than its disk or account allows. Choose another folder or format.</source>
        <translation>{what}が、ディスクまたはアカウントの許す大きさを超えました。別のフォルダーか形式を選んでください。</translation>
    </message>
    <message>
        <source>The output folder is gone. Choose another one, or connect its drive again.</source>
        <translation>出力フォルダーがなくなりました。別のフォルダーを選ぶか、ドライブを接続し直してください。</translation>
    </message>
    <message>
        <source>The output folder cannot be made: a file of that name is in the way. Choose another one.</source>
        <translation>同じ名前のファイルがあるため、出力フォルダーを作れません。別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{what} cannot be written: a folder of that name is in the way. Move the folder.</source>
        <translation>同じ名前のフォルダーがあるため、{what}を書き込めません。そのフォルダーを移してください。</translation>
    </message>
    <message>
        <source>Something unexpected happened with {what} ({error}). The other pictures are not affected. Please report it together with the log.</source>
        <translation>{what}で予期しないことが起きました（{error}）。ほかの画像に影響はありません。ログと一緒に報告してください。</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>It holds no list of hints.</source>
        <translation>色ヒントの一覧がありません。</translation>
    </message>
    <message>
        <source>It needs a list of at most {most} hints.</source>
        <translation>色ヒントの一覧は {most} 個までです。</translation>
    </message>
    <message>
        <source>Its “regions” need a list of at most {most} edits.</source>
        <translation>「regions」の編集は {most} 個までです。</translation>
    </message>
    <message>
        <source>It is larger than {most} MB.</source>
        <translation>{most} MB を超えています。</translation>
    </message>
    <message>
        <source>Hint {number} needs x, y, radius and a color like #d04030.</source>
        <translation>色ヒント {number} には x、y、radius と #d04030 のような color が必要です。</translation>
    </message>
    <message>
        <source>Edit {number} of its “regions” needs a kind (bucket, merge, close, split), points, and, for a bucket, a color like #d04030.</source>
        <translation>「regions」の編集 {number} には kind（bucket、merge、close、split）と points、bucket には #d04030 のような color も必要です。</translation>
    </message>
    <message>
        <source>The list of hints is not usable. {reason} Mend or remove it.</source>
        <translation>色ヒントの一覧は使えません。{reason}直すか、取り除いてください。</translation>
    </message>
    <message>
        <source>The hint file “{name}” is not usable. {reason} Mend or remove it.</source>
        <translation>色ヒントのファイル「{name}」は使えません。{reason}直すか、取り除いてください。</translation>
    </message>
    <message>
        <source>“{name}” names no format with layers. Choose PSD or ORA.</source>
        <translation>「{name}」はレイヤーのある形式ではありません。PSD か ORA を選んでください。</translation>
    </message>
    <message>
        <source>The result would replace the original “{name}”. Choose another output folder.</source>
        <translation>結果が元の「{name}」を置き換えてしまいます。別の出力フォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{{{field}}} is not known in a name. Use {known}.</source>
        <translation>名前に {{{field}}} は使えません。{known} を使ってください。</translation>
    </message>
    <message>
        <source>A name can&apos;t hold “{sign}”. Leave it out.</source>
        <translation>名前に「{sign}」は使えません。取り除いてください。</translation>
    </message>
    <message>
        <source>Put {{name}} or {{number}} into the name, to tell the pictures apart.</source>
        <translation>画像を区別できるように、名前に {{name}} か {{number}} を入れてください。</translation>
    </message>
    <message>
        <source>Names that start with a dot are hidden. Leave the dot out.</source>
        <translation>点で始まる名前は隠しファイルになります。点を取り除いてください。</translation>
    </message>
    <message>
        <source>The palette “{name}” can&apos;t be used. {reason}</source>
        <translation>パレット「{name}」は使えません。{reason}</translation>
    </message>
    <message>
        <source>It is neither a palette file ({kinds}) nor a picture. Export it as one of these.</source>
        <translation>パレットファイル（{kinds}）でも画像でもありません。そのいずれかの形式で書き出してください。</translation>
    </message>
    <message>
        <source>It has no colours to take a palette from. Choose a finished picture.</source>
        <translation>パレットにできる色がありません。完成した画像を選んでください。</translation>
    </message>
    <message>
        <source>It holds {number:,} colours; at most {most:,} are read.</source>
        <translation>{number:,} 色あります。読み込めるのは {most:,} 色までです。</translation>
    </message>
    <message>
        <source>There is no colour in it.</source>
        <translation>色がありません。</translation>
    </message>
    <message>
        <source>It does not begin with “GIMP Palette”. Export it again as .gpl.</source>
        <translation>「GIMP Palette」で始まっていません。.gpl で書き出し直してください。</translation>
    </message>
    <message>
        <source>Its row “{row}” is no colour from 0 to 255.</source>
        <translation>行「{row}」は 0 から 255 までの色ではありません。</translation>
    </message>
    <message>
        <source>Its line {number} is no colour like d04030.</source>
        <translation>{number} 行目は d04030 のような色ではありません。</translation>
    </message>
    <message>
        <source>It is damaged or of another kind. Export it again.</source>
        <translation>壊れているか、別の種類です。書き出し直してください。</translation>
    </message>
    <message>
        <source>There is no such page in the PDF.</source>
        <translation>PDF にそのページはありません。</translation>
    </message>
    <message>
        <source>The PDF is locked with a password. Save it without one, then try again.</source>
        <translation>PDF はパスワードで保護されています。パスワードなしで保存してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The PDF is damaged or of a kind that can&apos;t be read. Save its pages as pictures.</source>
        <translation>PDF が壊れているか、読み込めない種類です。ページを画像として保存してください。</translation>
    </message>
    <message>
        <source>PSD holds at most {longest:,} pixels a side; this picture has {width:,} x {height:,}. Choose ORA, PNG or TIFF.</source>
        <translation>PSD は 1 辺 {longest:,} 画素までです。この画像は {width:,} × {height:,} です。ORA、PNG、TIFF のどれかを選んでください。</translation>
    </message>
    <message>
        <source>The file is in a colour mode that can&apos;t be read (multichannel). Change it to RGB, CMYK or greyscale in your paint program.</source>
        <translation>読み込めないカラーモード（マルチチャンネル）です。ペイントソフトで RGB、CMYK、グレースケールのどれかに変えてください。</translation>
    </message>
    <message>
        <source>The file holds {frames} pages or frames: only the first (1 of {frames}) is used.</source>
        <translation>ファイルには {frames} 個のページまたはフレームがあります。最初の 1 つ（1 / {frames}）だけを使います。</translation>
    </message>
    <message>
        <source>{amount:g} is no amount of flats. Choose one from 0 (painted) to 1 (flat).</source>
        <translation>{amount:g} は下塗りの度合いではありません。0（絵画調）から 1（下塗り）の間で選んでください。</translation>
    </message>
    <message>
        <source>This link leads nowhere. Delete it, or put back the file that it leads to.</source>
        <translation>このリンクの先がありません。リンクを削除するか、リンク先のファイルを戻してください。</translation>
    </message>
    <message>
        <source>{names} and the other places</source>
        <translation>{names}とほかの場所</translation>
    </message>
    <message>
        <source>There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA or KRA files, or books (CBZ, ZIP, PDF).</source>
        <translation>{places} に画像がありません。PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA、KRA のファイル、または本（CBZ、ZIP、PDF）のあるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is no picture in {places}. Choose a folder with PNG, JPEG, WebP, TIFF, BMP, GIF, PSD, ORA or KRA files, or books (CBZ, ZIP, PDF), or search its sub-folders too.</source>
        <translation>{places} に画像がありません。PNG、JPEG、WebP、TIFF、BMP、GIF、PSD、ORA、KRA のファイル、または本（CBZ、ZIP、PDF）のあるフォルダーを選ぶか、サブフォルダーも探してください。</translation>
    </message>
    <message>
        <source>The output folder is also an input folder. Choose another output folder, such as “colorized” inside it.</source>
        <translation>出力フォルダーが入力フォルダーと同じです。その中の「colorized」など、別の出力フォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The layers hold more than {most:,} pixels together. Save the file with its merged picture, or with fewer layers.</source>
        <translation>レイヤーの画素が合わせて {most:,} を超えます。統合画像付きで保存するか、レイヤーを減らしてください。</translation>
    </message>
    <message>
        <source>“{name}” names no format that can be written. Choose PNG, JPEG, WebP, TIFF or BMP.</source>
        <translation>「{name}」は書き出せる形式ではありません。PNG、JPEG、WebP、TIFF、BMP のどれかを選んでください。</translation>
    </message>
    <message>
        <source>The file was saved without its merged picture, so its layers were laid on each other. Blend modes other than normal and multiply may look different.</source>
        <translation>ファイルに統合画像がないため、レイヤーを重ねました。通常と乗算以外の合成モードは見え方が違うことがあります。</translation>
    </message>
    <message>
        <source>The layer “{name}” was taken as the line art.</source>
        <translation>レイヤー「{name}」を線画として使いました。</translation>
    </message>
    <message>
        <source>The file holds no merged picture. Open it in the program it comes from and save it again.</source>
        <translation>ファイルに統合画像がありません。作ったソフトで開いて保存し直してください。</translation>
    </message>
    <message>
        <source>The list of layers in the file is broken. Open it in the program it comes from and save it again.</source>
        <translation>ファイルのレイヤー一覧が壊れています。作ったソフトで開いて保存し直してください。</translation>
    </message>
    <message>
        <source>The archive is locked with a password. Unpack it with your archive program, then colour the folder.</source>
        <translation>アーカイブはパスワードで保護されています。展開ソフトで展開してから、そのフォルダーを着色してください。</translation>
    </message>
    <message>
        <source>The archive is damaged or of a kind that can&apos;t be unpacked. Pack it again as ZIP.</source>
        <translation>アーカイブが壊れているか、展開できない種類です。ZIP で作り直してください。</translation>
    </message>
    <message>
        <source>“{name}” in the archive is larger than {most} MiB unpacked, the most that is read. Save it smaller or with compression of its own.</source>
        <translation>アーカイブの「{name}」は展開すると、読み込める上限の {most} MiB を超えます。小さくするか、圧縮のある形式で保存してください。</translation>
    </message>
    <message>
        <source>The archive lists {number} files; at most {most:,} are read. Split it.</source>
        <translation>アーカイブには {number} 個のファイルがあります。読み込めるのは {most:,} 個までです。分割してください。</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art: the picture was coloured with its luma kept, so white paper stays white. Choose another style for line art.</source>
        <translation>このスタイルは線画を塗れません。明るさを保って着色したため、白い紙は白いままです。線画には別のスタイルを選んでください。</translation>
    </message>
    <message>
        <source>This style takes no hints: the picture was coloured without them.</source>
        <translation>このスタイルは色ヒントを使えません。色ヒントなしで着色しました。</translation>
    </message>
    <message>
        <source>This style takes no palette: the picture was coloured without it.</source>
        <translation>このスタイルはパレットを使えません。パレットなしで着色しました。</translation>
    </message>
    <message>
        <source>A hint lies where the page is white or black. Greyscale mode keeps that, so there its colour can&apos;t be seen. Choose line art to have white paper painted.</source>
        <translation>ヒントがページの白または黒の部分にあります。グレースケールモードでは明るさがそのまま残るため、その色は見えません。白い紙にも色を塗るには「線画」を選んでください。</translation>
    </message>
    <message>
        <source>Flats need line art: this picture was coloured in greyscale mode, without them.</source>
        <translation>下塗りには線画が必要です。この画像はグレースケールとして、下塗りなしで着色しました。</translation>
    </message>
    <message>
        <source>This style takes another kind of palette. Colour without one, or choose another style.</source>
        <translation>このスタイルのパレットは種類が違います。パレットなしで着色するか、別のスタイルを選んでください。</translation>
    </message>
    <message>
        <source>Hints outside the picture colour nothing ({stray} of {all}). Were they made for a larger one?</source>
        <translation>画像の外にある色ヒントは色を付けません（{all} 個中 {stray} 個）。もっと大きい画像用のものではありませんか？</translation>
    </message>
    <message>
        <source>There is no mode “{mode}”. Use auto, greyscale or lineart.</source>
        <translation>モード「{mode}」はありません。auto、greyscale、lineart のどれかを使ってください。</translation>
    </message>
    <message>
        <source>“palette only” needs a palette: give a palette file or a finished picture.</source>
        <translation>「パレットのみ」にはパレットが必要です。パレットファイルか完成した画像を指定してください。</translation>
    </message>
    <message>
        <source>it gives no usable colours ({reason})</source>
        <translation>使える色を出しません（{reason}）</translation>
    </message>
    <message>
        <source>its generator fails in a trial run ({reason})</source>
        <translation>ジェネレーターの試験実行に失敗しました（{reason}）</translation>
    </message>
    <message>
        <source>its generator fails in a trial run</source>
        <translation>生成器が試し実行で失敗します</translation>
    </message>
    <message>
        <source>The style “{name}” needs more memory for this picture than there is. Close other programs, or use another style.</source>
        <translation>スタイル「{name}」がこの画像に必要とするメモリが足りません。ほかのプログラムを閉じるか、別のスタイルを使ってください。</translation>
    </message>
    <message>
        <source>The style “{name}” did not come to an end and was stopped with this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>スタイル「{name}」はこの画像で終わらなかったため停止され、何も書き込まれませんでした。--device cpu でもう一度試すか、別のスタイルを使ってください。</translation>
    </message>
    <message>
        <source>The style “{name}” failed with this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>スタイル「{name}」はこの画像で失敗したため、何も書き込まれませんでした。--device cpu でもう一度試すか、別のスタイルを使ってください。</translation>
    </message>
    <message>
        <source>The style “{name}” gave no usable colours for this picture, so nothing was written. Try again with --device cpu, or with another style.</source>
        <translation>スタイル「{name}」がこの画像に使える色を出さなかったため、何も書き込みませんでした。プロセッサー（--device cpu）か別のスタイルで試してください。</translation>
    </message>
    <message>
        <source>This is no picture: give a PIL image, or a uint8 array of (H, W), (H, W, 3) or (H, W, 4).</source>
        <translation>画像ではありません。PIL の画像か、(H, W)、(H, W, 3)、(H, W, 4) の uint8 配列を渡してください。</translation>
    </message>
    <message>
        <source>There is no device “{device}”. Use auto, cuda or cpu.</source>
        <translation>デバイス「{device}」はありません。auto、cuda、cpu のどれかを使ってください。</translation>
    </message>
    <message>
        <source>The graphics card ran out of memory in the middle of the work ({reason}). It is tried again at the next start.</source>
        <translation>作業の途中でグラフィックカードのメモリが足りなくなりました（{reason}）。次の起動時にもう一度試します。</translation>
    </message>
    <message>
        <source>The graphics card gave up in the middle of the work ({reason}). It is tried again at the next start.</source>
        <translation>作業の途中でグラフィックカードが使えなくなりました（{reason}）。次の起動時にもう一度試します。</translation>
    </message>
    <message>
        <source>This download works on the processor, which is quick enough for colouring. The one for Python (see the guide) uses NVIDIA cards too.</source>
        <translation>このダウンロード版はプロセッサで動きます。彩色には十分な速さです。Python 版（ガイド参照）では NVIDIA のカードも使えます。</translation>
    </message>
    <message>
        <source>This onnxruntime is built without CUDA.</source>
        <translation>この onnxruntime は CUDA に対応していません。</translation>
    </message>
    <message>
        <source>No NVIDIA graphics driver was found.</source>
        <translation>NVIDIA のグラフィックドライバーが見つかりません。</translation>
    </message>
    <message>
        <source>CUDA could not be started ({reason}).</source>
        <translation>CUDA を起動できませんでした（{reason}）。</translation>
    </message>
    <message>
        <source>CUDA could not be started: its libraries are missing or do not fit.</source>
        <translation>CUDA を起動できませんでした。ライブラリーがないか、合いません。</translation>
    </message>
    <message>
        <source>CUDA could not be started: its libraries are missing or do not fit ({reason}).</source>
        <translation>CUDA を起動できませんでした。ライブラリーがないか、合いません（{reason}）。</translation>
    </message>
    <message>
        <source>The style “{name}” can&apos;t be used: its generator does not load. Get it again, or remove it.</source>
        <translation>スタイル「{name}」は使えません。ジェネレーターを読み込めません。入手し直すか、取り除いてください。</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be kept as folders of layers: choose PSD or ORA, or unpack the book first.</source>
        <translation>「{name}」はレイヤーのフォルダーとしては保存できません。PSD か ORA を選ぶか、先に本を展開してください。</translation>
    </message>
    <message>
        <source>No page of it could be coloured.</source>
        <translation>着色できたページがありません。</translation>
    </message>
    <message>
        <source>“{name}” changed while it was being coloured, so no new book was made. Start again when the other program has saved it.</source>
        <translation>「{name}」は彩色中に変更されたため、新しい本は作りませんでした。ほかのプログラムが保存し終えてから、もう一度始めてください。</translation>
    </message>
    <message>
        <source>There is not enough memory for “{name}”. Close other programs or use a smaller picture.</source>
        <translation>「{name}」のためのメモリーが足りません。ほかのソフトを終了するか、小さい画像を使ってください。</translation>
    </message>
    <message>
        <source>“{name}” is damaged in a way that breaks reading it. Open it in a paint program and save it again.</source>
        <translation>「{name}」は読み込めないほど壊れています。ペイントソフトで開いて保存し直してください。</translation>
    </message>
    <message>
        <source>“{name}” could not be read: the process that reads pictures does not start. Close other programs, then try again.</source>
        <translation>「{name}」を読み込めませんでした。画像を読むプロセスが起動しません。ほかのプログラムを閉じてから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Reading “{name}” took too long, so it was left out. Open it in a paint program and save it again.</source>
        <translation>「{name}」の読み込みに時間がかかりすぎたため、除きました。ペイントソフトで開いて保存し直してください。</translation>
    </message>
    <message>
        <source>“{name}” was changed by somebody since it was coloured, so it was left as it is. Move it away to have the picture coloured again.</source>
        <translation>「{name}」は彩色後に変更されているため、そのままにしました。もう一度彩色するには、そのファイルを移動してください。</translation>
    </message>
    <message>
        <source>“{name}” was coloured by another Color Studio meanwhile.</source>
        <translation>「{name}」はその間に別の Color Studio が彩色しました。</translation>
    </message>
    <message>
        <source>“{name}” is being coloured by another Color Studio just now.</source>
        <translation>「{name}」はいま別の Color Studio が着色しています。</translation>
    </message>
    <message>
        <source>Color Studio ended without a word while it coloured “{name}”, twice, so the picture was left out. Save it again in a paint program to have it tried once more.</source>
        <translation>「{name}」の彩色中に Color Studio が二度突然終了したため、この画像は除外しました。ペイントソフトで保存し直すと、もう一度試します。</translation>
    </message>
    <message>
        <source>A JPEG can&apos;t hold exact colours: beside the palette&apos;s it has many in between. Choose PNG or TIFF to have the palette&apos;s alone.</source>
        <translation>JPEG は正確な色を保てず、パレットの色のほかに多くの中間色が生じます。パレットの色だけにするには、PNG か TIFF を選んでください。</translation>
    </message>
    <message>
        <source>Coloured without hints. {reason}</source>
        <translation>色ヒントなしで着色しました。{reason}</translation>
    </message>
    <message>
        <source>The output folder “{name}” is gone. Connect its drive again or choose another folder, then start again.</source>
        <translation>出力フォルダー「{name}」がなくなりました。ドライブを接続し直すか別のフォルダーを選んで、もう一度始めてください。</translation>
    </message>
    <message>
        <source>“{name}” has come there meanwhile and was left as it is. Move it away to have the picture coloured.</source>
        <translation>「{name}」はその間にそこへ置かれたため、そのままにしました。この画像を彩色するには、そのファイルを移動してください。</translation>
    </message>
    <message>
        <source>The disk is full: {room} MB free where “{name}” was to go. Make room, then start again; finished pictures are kept.</source>
        <translation>ディスクがいっぱいです。「{name}」の書き込み先の空きは {room} MB です。空きを作ってもう一度始めてください。できあがった画像は残っています。</translation>
    </message>
    <message>
        <source>The disk is full: {needed} MB needed, {room} MB free where “{name}” was to go. Make room, then start again; finished pictures are kept.</source>
        <translation>ディスクがいっぱいです。「{name}」の保存先には {needed} MB 必要ですが、空きは {room} MB です。空きを作ってからもう一度始めてください。完了した画像は残ります。</translation>
    </message>
    <message>
        <source>its generator is not the one that its description was written for</source>
        <translation>ジェネレーターが説明と合いません</translation>
    </message>
    <message>
        <source>its description and its generator disagree about a palette</source>
        <translation>説明とジェネレーターでパレットについての記述が食い違います</translation>
    </message>
    <message>
        <source>its generator takes a palette of {number} numbers</source>
        <translation>ジェネレーターが {number} 個の数のパレットを求めます</translation>
    </message>
    <message>
        <source>its generator is damaged</source>
        <translation>ジェネレーターが壊れています</translation>
    </message>
    <message>
        <source>its generator brings functions of its own</source>
        <translation>ジェネレーターが独自の関数を含みます</translation>
    </message>
    <message>
        <source>its generator is no ordinary file</source>
        <translation>ジェネレーターが普通のファイルではありません</translation>
    </message>
    <message>
        <source>its generator is larger than {most} MiB</source>
        <translation>ジェネレーターが {most} MiB を超えます</translation>
    </message>
    <message>
        <source>its generator is no ONNX file, or a damaged one</source>
        <translation>ジェネレーターが ONNX ファイルではないか、壊れています</translation>
    </message>
    <message>
        <source>its generator is empty or no ONNX file</source>
        <translation>ジェネレーターが空か、ONNX ファイルではありません</translation>
    </message>
    <message>
        <source>its generator needs operators that Color Studio lacks</source>
        <translation>ジェネレーターが Color Studio にない演算を必要とします</translation>
    </message>
    <message>
        <source>its generator uses ONNX version {opset}</source>
        <translation>ジェネレーターが ONNX バージョン {opset} を使っています</translation>
    </message>
    <message>
        <source>its generator contains loops or branches</source>
        <translation>ジェネレーターがループや分岐を含みます</translation>
    </message>
    <message>
        <source>its generator colours by chance</source>
        <translation>ジェネレーターが偶然に任せて着色します</translation>
    </message>
    <message>
        <source>its generator takes numbers from other files</source>
        <translation>ジェネレーターがほかのファイルの数値を使います</translation>
    </message>
    <message>
        <source>its generator holds a block of numbers that is too large</source>
        <translation>ジェネレーターに大きすぎる数値のまとまりがあります</translation>
    </message>
    <message>
        <source>its generator uses kernels larger than {most} pixels</source>
        <translation>ジェネレーターが {most} ピクセルより大きいカーネルを使います</translation>
    </message>
    <message>
        <source>its generator asks for far too much memory</source>
        <translation>ジェネレーターが求めるメモリーが多すぎます</translation>
    </message>
    <message>
        <source>its generator takes other inputs than a style&apos;s</source>
        <translation>ジェネレーターの入力がスタイルのものと違います</translation>
    </message>
    <message>
        <source>its generator gives other outputs than a style&apos;s</source>
        <translation>ジェネレーターの出力がスタイルのものと違います</translation>
    </message>
    <message>
        <source>“{name}” of its generator is not of 32-bit numbers</source>
        <translation>ジェネレーターの「{name}」が 32 ビットの数ではありません</translation>
    </message>
    <message>
        <source>“{name}” of its generator has the wrong shape</source>
        <translation>ジェネレーターの「{name}」の形が正しくありません</translation>
    </message>
    <message>
        <source>“{name}” of its generator has the wrong number of planes</source>
        <translation>ジェネレーターの「{name}」の面の数が正しくありません</translation>
    </message>
    <message>
        <source>“{name}” of its generator takes one size only</source>
        <translation>ジェネレーターの「{name}」が 1 つの大きさにしか対応していません</translation>
    </message>
    <message>
        <source>The style “{name}” came with Color Studio and can&apos;t be removed.</source>
        <translation>スタイル「{name}」は Color Studio に付属のもので、取り除けません。</translation>
    </message>
    <message>
        <source>The style “{name}” came with Color Studio and can&apos;t be renamed.</source>
        <translation>スタイル「{name}」は Color Studio に付属のもので、名前を変えられません。</translation>
    </message>
    <message>
        <source>There is a style called “{name}” already. Choose another name.</source>
        <translation>「{name}」というスタイルはすでにあります。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>There is a style called “{name}” already. Rename or remove that one first, or give the new one another name.</source>
        <translation>「{name}」という名前のスタイルがすでにあります。先にそのスタイルの名前を変えるか削除するか、新しいスタイルに別の名前を付けてください。</translation>
    </message>
    <message>
        <source>The folder of your own styles, “{folder}”, can&apos;t be written. Check its permissions, and that its drive is connected.</source>
        <translation>自分のスタイルのフォルダー「{folder}」に書き込めません。アクセス権と、ドライブが接続されているかを確認してください。</translation>
    </message>
    <message>
        <source>The style in “{folder}” has the name of another one, “{name}”. Change the name in its style.json, or remove it.</source>
        <translation>「{folder}」のスタイルは別のスタイル「{name}」と同じ名前です。style.json の名前を変えるか、取り除いてください。</translation>
    </message>
    <message>
        <source>Choose one of these: {names}.</source>
        <translation>次から選んでください: {names}。</translation>
    </message>
    <message>
        <source>The library is empty.</source>
        <translation>ライブラリーは空です。</translation>
    </message>
    <message>
        <source>There is no style called “{name}”. {choice}</source>
        <translation>「{name}」というスタイルはありません。{choice}</translation>
    </message>
    <message>
        <source>“{name}” is a file, not a style of your library. Take it in first: in the window under “Styles…”, or with “colorstudio styles import”.</source>
        <translation>「{name}」はファイルで、ライブラリのスタイルではありません。先に取り込んでください。ウィンドウの「スタイル…」から、または「colorstudio styles import」で取り込めます。</translation>
    </message>
    <message>
        <source>A style can&apos;t be called “{name}”: {why}. Choose another name.</source>
        <translation>スタイルに「{name}」という名前は付けられません：{why}。別の名前にしてください。</translation>
    </message>
    <message>
        <source>it holds files that do not belong to a style</source>
        <translation>スタイルのものではないファイルがあります</translation>
    </message>
    <message>
        <source>it holds no complete style</source>
        <translation>完全なスタイルがありません</translation>
    </message>
    <message>
        <source>it is larger than {most} MiB when unpacked</source>
        <translation>展開すると {most} MiB を超えます</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>壊れています</translation>
    </message>
    <message>
        <source>its sample is no picture</source>
        <translation>見本が画像ではありません</translation>
    </message>
    <message>
        <source>its sample picture is too large</source>
        <translation>見本の画像が大きすぎます</translation>
    </message>
    <message>
        <source>it is no style file, or a damaged one</source>
        <translation>スタイルファイルではないか、壊れています</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be imported: {why}. Get the file again.</source>
        <translation>「{name}」を読み込めません。{why}。ファイルを入手し直してください。</translation>
    </message>
    <message>
        <source>its style.json is no JSON</source>
        <translation>style.json が JSON ではありません</translation>
    </message>
    <message>
        <source>its style.json holds no description</source>
        <translation>style.json に説明がありません</translation>
    </message>
    <message>
        <source>its style.json lacks {missing}</source>
        <translation>style.json に {missing} がありません</translation>
    </message>
    <message>
        <source>it has no {file}</source>
        <translation>{file} がありません</translation>
    </message>
    <message>
        <source>its {file} is far too large</source>
        <translation>{file} が大きすぎます</translation>
    </message>
    <message>
        <source>its {file} is no text</source>
        <translation>{file} がテキストではありません</translation>
    </message>
    <message>
        <source>The style “{name}” can&apos;t be used: {why}. Get it again, or remove it.</source>
        <translation>スタイル「{name}」は使えません。{why}。入手し直すか、取り除いてください。</translation>
    </message>
    <message>
        <source>it was made for a newer Color Studio</source>
        <translation>新しい Color Studio 用に作られています</translation>
    </message>
    <message>
        <source>the value of “{key}” in its style.json is wrong</source>
        <translation>style.json の「{key}」の値が正しくありません</translation>
    </message>
    <message>
        <source>its name must be one line of 1 to {most} characters</source>
        <translation>名前は 1 行、1 から {most} 文字でなければなりません</translation>
    </message>
    <message>
        <source>its name has characters that no folder can have</source>
        <translation>名前に、フォルダーで使えない文字があります</translation>
    </message>
    <message>
        <source>The folder of “{name}” takes no files, so its hints are kept in Color Studio&apos;s own folder on this computer.</source>
        <translation>「{name}」のフォルダーには書き込めないため、色ヒントはこのコンピューターの Color Studio のフォルダーに保存されます。</translation>
    </message>
    <message>
        <source>The disk is full: make room, they are saved with the next change.</source>
        <translation>ディスクがいっぱいです。空きを作ると、次の変更のときに保存されます。</translation>
    </message>
    <message>
        <source>Its folder takes no files: copy the picture to another one.</source>
        <translation>このフォルダーには書き込めません。画像を別のフォルダーにコピーしてください。</translation>
    </message>
    <message>
        <source>The hints of “{name}” could not be saved beside it. {reason}</source>
        <translation>「{name}」の色ヒントを画像のそばに保存できませんでした。{reason}</translation>
    </message>
    <message>
        <source>Something unexpected happened; your pictures are safe and you can go on.</source>
        <translation>予期しないことが起きました。画像は無事で、作業を続けられます。</translation>
    </message>
    <message>
        <source>{sentence} It is noted in {file}.</source>
        <translation>{sentence}{file} に記録しました。</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>「{name}」</translation>
    </message>
    <message>
        <source>{first} and {count} more</source>
        <translation>{first}とほか {count} 個</translation>
    </message>
    <message>
        <source>The rest was opened.</source>
        <translation>残りは開きました。</translation>
    </message>
    <message>
        <source>Drop pictures or a folder of pictures.</source>
        <translation>画像か、画像のフォルダーをドロップしてください。</translation>
    </message>
    <message>
        <source>{first}: not a kind of picture that is known here. {ending}</source>
        <translation>{first}: 対応していない種類です。{ending}</translation>
    </message>
    <message>
        <source>“{name}”: {reason}</source>
        <translation>「{name}」: {reason}</translation>
    </message>
    <message>
        <source>“{name}” is damaged: the new book lacks {count} of its files, which could not be got out.</source>
        <translation>「{name}」は壊れています。{count} 個のファイルを取り出せず、新しい本には含まれていません。</translation>
    </message>
    <message>
        <source>{count} places were left out. The first, “{name}”: {reason}</source>
        <translation>{count} か所を除きました。最初は「{name}」: {reason}</translation>
    </message>
    <message>
        <source>Lies in a folder of results (“{name}”). To train on those, choose that folder itself.</source>
        <translation>結果のフォルダー「{name}」の中にあります。これで学習するには、そのフォルダー自体を選んでください。</translation>
    </message>
    <message>
        <source>Nearly the same picture as “{name}”.</source>
        <translation>「{name}」とほとんど同じ画像です。</translation>
    </message>
    <message>
        <source>Its page has another shape.</source>
        <translation>彩色のページと縦横の形が違います。</translation>
    </message>
    <message>
        <source>Not used as line art. {reason}</source>
        <translation>線画として使いません。{reason}</translation>
    </message>
    <message>
        <source>Smaller than {least} pixels.</source>
        <translation>{least} 画素より小さい画像です。</translation>
    </message>
    <message>
        <source>Without colour.</source>
        <translation>色がありません。</translation>
    </message>
    <message>
        <source>This edition of Color Studio colours only. Training needs the edition “Colour + Train”: get it where you got this one and use it instead. Your styles and settings stay as they are.</source>
        <translation>この版の Color Studio は彩色専用です。学習には「Colour + Train」版が必要です。この版と同じ入手先から取得して、代わりにお使いください。スタイルと設定はそのまま残ります。</translation>
    </message>
    <message>
        <source>Training needs the package torch. Install it with: python -m pip install torch</source>
        <translation>学習にはパッケージ torch が必要です。インストール: python -m pip install torch</translation>
    </message>
    <message>
        <source>“{name}” is no ordinary file. Choose another one.</source>
        <translation>「{name}」は通常のファイルではありません。別のファイルを選んでください。</translation>
    </message>
    <message>
        <source>“{name}” is a folder. Choose a file in it.</source>
        <translation>「{name}」はフォルダーです。その中のファイルを選んでください。</translation>
    </message>
    <message>
        <source>The layer “{name}” is damaged or of a kind that can&apos;t be read by itself, so the merged picture was taken. Merge your lines into one paint layer to have them taken.</source>
        <translation>レイヤー「{name}」は壊れているか、単独では読めない種類なので、統合画像を使いました。線を1枚のペイントレイヤーに統合すると、線画として使われます。</translation>
    </message>
    <message>
        <source>“{name}” is being trained by another Color Studio at this moment. Wait until it has ended, or choose another name.</source>
        <translation>「{name}」はいま別の Color Studio が学習中です。終わるまで待つか、別の名前を選んでください。</translation>
    </message>
    <message>
        <source>This is an archive, not a picture. Name it .cbz or .zip to have its pages coloured, or unpack it and choose its folder.</source>
        <translation>これは画像ではなくアーカイブです。ページを彩色するには名前を .cbz か .zip にするか、展開してそのフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>It has colours already, so it was left as it is. Give it hints or choose a mode to have it coloured anew.</source>
        <translation>すでに色が付いているため、そのままにしました。彩色し直すには、ヒントを付けるかモードを選んでください。</translation>
    </message>
    <message>
        <source>The disk is full, so the pictures can&apos;t be looked at. Make room, then try again.</source>
        <translation>ディスクがいっぱいのため、画像を調べられません。空きを作ってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The pictures can&apos;t be looked at, because “{folder}” can&apos;t be written. Check its permissions, then try again.</source>
        <translation>「{folder}」に書き込めないため、画像を調べられません。アクセス権を確認してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The folder “{folder}” has gone. Check that its drive is connected, then start again.</source>
        <translation>フォルダー「{folder}」がなくなりました。ドライブが接続されているかを確かめて、もう一度始めてください。</translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>Colours line art and greyscale pages on your own computer. Nothing is uploaded, and your originals are never changed. Licence: Apache 2.0.</source>
        <translation>線画とグレースケールのページを、お使いのコンピューターで着色します。何もアップロードせず、元の画像は変えません。ライセンス: Apache 2.0。</translation>
    </message>
    <message>
        <source>Trained on {count} pictures.</source>
        <translation>{count} 枚の画像で学習しました。</translation>
    </message>
    <message>
        <source>Style “{name}”</source>
        <translation>スタイル「{name}」</translation>
    </message>
    <message>
        <source>By {author}. Licence: {licence}.</source>
        <translation>作者: {author}。ライセンス: {licence}。</translation>
    </message>
</context>
<context>
    <name>AbsentPage</name>
    <message>
        <source>Training is in the larger edition</source>
        <translation>学習は大きいほうの版にあります</translation>
    </message>
    <message>
        <source>This download colours only. The edition “Colour + Train” learns from 10 to 30 of your finished pages and makes a style of your own, on this computer.

Get it where you got this one and use it instead. Your styles, hints and settings stay as they are, and a style trained elsewhere can be used here: drop its .colorstyle file on the window.</source>
        <translation>このダウンロード版は彩色専用です。「Colour + Train」版は、あなたの完成原稿 10〜30 ページから学び、このコンピューター上であなた自身のスタイルを作ります。

この版と同じ入手先から取得して、代わりにお使いください。スタイル、色ヒント、設定はそのまま残ります。ほかで学習したスタイルもここで使えます。その .colorstyle ファイルをウィンドウにドロップしてください。</translation>
    </message>
</context>
<context>
    <name>BrowseBar</name>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>未着色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Show all pictures, or those that have come so far</source>
        <translation>すべての画像か、その状態の画像を表示します</translation>
    </message>
    <message>
        <source>Which pictures are shown</source>
        <translation>表示する画像</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>名前順</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>新しい順</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>大きい順</translation>
    </message>
    <message>
        <source>The order of the pictures</source>
        <translation>画像の並び順</translation>
    </message>
    <message>
        <source>Order of the pictures</source>
        <translation>画像の並び順</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Preview</source>
        <translation>プレビュー</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>元画像</translation>
    </message>
    <message>
        <source>Coloured</source>
        <translation>着色後</translation>
    </message>
</context>
<context>
    <name>CanvasPanel</name>
    <message>
        <source>Coloured</source>
        <translation>着色後</translation>
    </message>
    <message>
        <source>Show the coloured picture</source>
        <translation>着色後の画像を表示します</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Original and coloured side by side; drag the divider</source>
        <translation>元画像と着色後を並べて表示します。境目をドラッグできます</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>元画像</translation>
    </message>
    <message>
        <source>Show the picture as it is</source>
        <translation>元の画像をそのまま表示します</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Fit the whole picture  (Home)</source>
        <translation>全体を表示  (Home)</translation>
    </message>
    <message>
        <source>True pixels, 100 %  (Ctrl+1)</source>
        <translation>原寸 100 %  (Ctrl+1)</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>着色中…</translation>
    </message>
    <message>
        <source>paper made white</source>
        <translation>紙を白くしました</translation>
    </message>
    <message>
        <source>Can&apos;t be shown</source>
        <translation>表示できません</translation>
    </message>
</context>
<context>
    <name>ColorButton</name>
    <message>
        <source>Colour</source>
        <translation>色</translation>
    </message>
    <message>
        <source>Choose the colour to paint with</source>
        <translation>塗る色を選びます</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>色を選ぶ</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Compare styles</source>
        <translation>スタイルを比較</translation>
    </message>
    <message>
        <source>Compare styles on {picture}</source>
        <translation>{picture} でスタイルを比較</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>着色中…</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Curves of the training</source>
        <translation>学習の曲線</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>from grey</source>
        <translation>グレーから</translation>
    </message>
    <message>
        <source>from lines</source>
        <translation>線画から</translation>
    </message>
    <message>
        <source>best so far</source>
        <translation>これまでの最良</translation>
    </message>
    <message>
        <source>Held-back pages, nearer to your colours than at the start by:</source>
        <translation>検証用ページが開始時より元の色に近づいた量:</translation>
    </message>
    <message>
        <source>Losses, each beside its own mean:</source>
        <translation>各損失の、平均に対する比:</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>色</translation>
    </message>
    <message>
        <source>paint</source>
        <translation>塗り</translation>
    </message>
    <message>
        <source>critic</source>
        <translation>識別器</translation>
    </message>
    <message>
        <source>against the critic</source>
        <translation>識別器に対して</translation>
    </message>
</context>
<context>
    <name>DropPlace</name>
    <message>
        <source>Drop a finished page
or a palette file</source>
        <translation>完成したページか
パレットファイルをドロップ</translation>
    </message>
</context>
<context>
    <name>Easel</name>
    <message>
        <source>Remove all hints</source>
        <translation>色ヒントをすべて消す</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>モード</translation>
    </message>
    <message>
        <source>Flat amount</source>
        <translation>下塗りの度合い</translation>
    </message>
    <message>
        <source>Palette only</source>
        <translation>パレットのみ</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>パレット</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>線</translation>
    </message>
    <message>
        <source>Move hint</source>
        <translation>色ヒントの移動</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Delete hint</source>
        <translation>色ヒントの削除</translation>
    </message>
    <message>
        <source>Colour of hint</source>
        <translation>色ヒントの色</translation>
    </message>
    <message>
        <source>Size of hint</source>
        <translation>色ヒントの大きさ</translation>
    </message>
    <message>
        <source>Fill region</source>
        <translation>領域を塗る</translation>
    </message>
    <message>
        <source>Merge regions</source>
        <translation>領域を結合</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>すき間を閉じる</translation>
    </message>
    <message>
        <source>Split region</source>
        <translation>領域を分割</translation>
    </message>
    <message>
        <source>Copied hints</source>
        <translation>コピーした色ヒント</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>Open folder…</source>
        <translation>フォルダーを開く…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>見本で試す</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Open the picture or files that were copied elsewhere  (Ctrl+V)</source>
        <translation>ほかでコピーした画像かファイルを開きます  (Ctrl+V)</translation>
    </message>
    <message>
        <source>Opened last</source>
        <translation>最近開いたフォルダー</translation>
    </message>
    <message>
        <source>Drop a folder, a book or pictures here</source>
        <translation>ここにフォルダー、本、画像をドロップ</translation>
    </message>
    <message>
        <source>Line art or greyscale pages. They are coloured on this computer;
your originals are never changed.</source>
        <translation>線画またはグレースケールのページ。このコンピューターで着色し、
元の画像は変えません。</translation>
    </message>
</context>
<context>
    <name>FailureBox</name>
    <message>
        <source>Try again</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Copy name, reason and technical detail</source>
        <translation>名前、理由、技術情報をコピーします</translation>
    </message>
    <message>
        <source>Show the folder that the picture lies in</source>
        <translation>画像のあるフォルダーを表示します</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>フォルダーを開く</translation>
    </message>
</context>
<context>
    <name>FolderPage</name>
    <message>
        <source>Choose folder…</source>
        <translation>フォルダーを選ぶ…</translation>
    </message>
    <message>
        <source>… or drop the folder here</source>
        <translation>…またはここにフォルダーをドロップ</translation>
    </message>
    <message>
        <source>Finished, coloured pages of one book, series or palette: 10 to 30 are best. Sub-folders count. Your pictures stay on this computer and are never changed.</source>
        <translation>1 つの本、シリーズ、配色の、完成した色付きページ。10〜30 ページが最適です。下の階層も含みます。画像はこのコンピューターから出ず、変わりません。</translation>
    </message>
    <message>
        <source>Which pictures shall it learn from?</source>
        <translation>どの画像から学習しますか？</translation>
    </message>
    <message>
        <source>This folder can&apos;t be used</source>
        <translation>このフォルダーは使えません</translation>
    </message>
    <message>
        <source>Looking at the folder…</source>
        <translation>フォルダーを調べています…</translation>
    </message>
    <message>
        <source>Looking at picture {done} of {total}…</source>
        <translation>画像を調べています（{done} / {total}）…</translation>
    </message>
    <message>
        <source>No picture here can be used</source>
        <translation>使える画像がありません</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Pictures that are used</source>
        <translation>使う画像</translation>
    </message>
    <message>
        <source>Pictures that are left out</source>
        <translation>除かれた画像</translation>
    </message>
</context>
<context>
    <name>FolderPanel</name>
    <message>
        <source>Sub-folders</source>
        <translation>下の階層</translation>
    </message>
    <message>
        <source>Show and colour the pictures in folders below as well</source>
        <translation>下の階層のフォルダーの画像も表示して着色します</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>調べています…</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} / {total}</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Open the folder above</source>
        <translation>上の階層を開く</translation>
    </message>
</context>
<context>
    <name>Habits</name>
    <message>
        <source>There is nothing in the clipboard that can be coloured. Copy a picture, or files.</source>
        <translation>クリップボードに着色できるものがありません。画像かファイルをコピーしてください。</translation>
    </message>
    <message>
        <source>About Color Studio</source>
        <translation>Color Studio について</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Nothing has been noted yet.</source>
        <translation>まだ何も記録されていません。</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>ホイール</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>ポインターの位置で拡大・縮小</translation>
    </message>
    <message>
        <source>Space, middle button</source>
        <translation>スペース、中ボタン</translation>
    </message>
    <message>
        <source>Drag the picture</source>
        <translation>画像をドラッグ</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>ダブルクリック</translation>
    </message>
    <message>
        <source>Fit the picture, or show true pixels</source>
        <translation>全体表示と原寸の切り替え</translation>
    </message>
    <message>
        <source>Show the original while it is held</source>
        <translation>押している間、元画像を表示</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Take selected pictures out of the queue</source>
        <translation>選んだ画像をキューから除く</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+↑、Alt+↓</translation>
    </message>
    <message>
        <source>Move them in the queue</source>
        <translation>キューの中で移動</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>ブラシサイズ</translation>
    </message>
    <message>
        <source>Show the hints, or hide them</source>
        <translation>色ヒントの表示・非表示</translation>
    </message>
    <message>
        <source>Show the leaks, or hide them</source>
        <translation>色漏れの表示・非表示</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>フォルダーを開く…</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>画像を追加…</translation>
    </message>
    <message>
        <source>Try the samples</source>
        <translation>見本で試す</translation>
    </message>
    <message>
        <source>Open the results</source>
        <translation>結果を開く</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Remove all hints of this page</source>
        <translation>このページのヒントをすべて削除</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Queue only the selected</source>
        <translation>選んだものだけをキューに入れる</translation>
    </message>
    <message>
        <source>Add the selected to the queue</source>
        <translation>選んだものをキューに追加</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>着色</translation>
    </message>
    <message>
        <source>Try {count} first</source>
        <translation>まず {count} 枚</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>一時停止・再開</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel what waits</source>
        <translation>待機中のものを取り消す</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>すべて取り消す</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>失敗したものをやり直す</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>終わったものを一覧から消す</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Self-test…</source>
        <translation>自己診断…</translation>
    </message>
    <message>
        <source>Show the log…</source>
        <translation>ログを表示…</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>全体を表示</translation>
    </message>
    <message>
        <source>True pixels</source>
        <translation>原寸</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Not yet coloured</source>
        <translation>未着色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示する画像</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>名前順</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>新しい順</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>大きい順</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再読み込み</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全画面</translation>
    </message>
</context>
<context>
    <name>HexField</name>
    <message>
        <source>Value of the colour</source>
        <translation>色の値</translation>
    </message>
    <message>
        <source>The colour&apos;s value, such as #d04030</source>
        <translation>色の値（例: #d04030）</translation>
    </message>
</context>
<context>
    <name>HintBar</name>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Recent colours</source>
        <translation>最近の色</translation>
    </message>
    <message>
        <source>Show the hints over the picture  (M)</source>
        <translation>画像の上に色ヒントを表示  (M)</translation>
    </message>
    <message>
        <source>Show where colour may flow out through gaps in the lines  (L)</source>
        <translation>線のすき間から色が漏れそうな場所を表示  (L)</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
    <message>
        <source>This style takes no hints.</source>
        <translation>このスタイルは色ヒントを使えません。</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>手のひら</translation>
    </message>
    <message>
        <source>Move the picture, or a hint  (V)</source>
        <translation>画像か色ヒントを動かす  (V)</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Place a dot: this colour here  (D)</source>
        <translation>点を置く：ここはこの色  (D)</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>ブラシ</translation>
    </message>
    <message>
        <source>Paint a stroke of colour  (B)</source>
        <translation>色の線を描く  (B)</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>消しゴム</translation>
    </message>
    <message>
        <source>Erase hints  (E)</source>
        <translation>色ヒントを消す  (E)</translation>
    </message>
    <message>
        <source>Picker</source>
        <translation>スポイト</translation>
    </message>
    <message>
        <source>Pick a colour from the picture  (I, or Ctrl+click with any tool)</source>
        <translation>画像から色を取る  (I、またはどのツールでも Ctrl+クリック)</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>ブラシサイズ</translation>
    </message>
    <message>
        <source>Brush size  ([ and ])</source>
        <translation>ブラシサイズ  ([ と ])</translation>
    </message>
</context>
<context>
    <name>HintWiring</name>
    <message>
        <source>For this spot</source>
        <translation>この場所に合う色</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>パレット</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近の色</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
</context>
<context>
    <name>Leaks</name>
    <message>
        <source>Worst first</source>
        <translation>漏れの多い順</translation>
    </message>
    <message>
        <source>Pictures whose colours leak most come first</source>
        <translation>色漏れの多い画像を先頭に並べます</translation>
    </message>
    <message>
        <source>Leaks: {share}, no open gaps</source>
        <translation>色漏れ：{share}、隙間なし</translation>
    </message>
    <message>
        <source>Leaks: {share}, 1 open gap</source>
        <translation>色漏れ：{share}、隙間 1 か所</translation>
    </message>
    <message>
        <source>Leaks: {share}, {count} open gaps</source>
        <translation>色漏れ：{share}、隙間 {count} か所</translation>
    </message>
</context>
<context>
    <name>LivePage</name>
    <message>
        <source>Last look</source>
        <translation>前回</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>元のページ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Save, and give memory and processor free</source>
        <translation>保存して、メモリーとプロセッサーを空けます</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>止めて残す</translation>
    </message>
    <message>
        <source>End the training now and keep the best as a style</source>
        <translation>いま学習を終え、最良のものをスタイルとして残します</translation>
    </message>
    <message>
        <source>At step {step}</source>
        <translation>ステップ {step}</translation>
    </message>
    <message>
        <source>Now, at step {step}</source>
        <translation>現在、ステップ {step}</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>学習前</translation>
    </message>
    <message>
        <source>step {step:,}</source>
        <translation>ステップ {step:,}</translation>
    </message>
    <message>
        <source>about {time} left, done at {clock}</source>
        <translation>残り約 {time}、{clock} に完了</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>グラフィックカードで</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>プロセッサーで</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>最初から</translation>
    </message>
</context>
<context>
    <name>Lookout</name>
    <message>
        <source>No pictures here</source>
        <translation>画像がありません</translation>
    </message>
    <message>
        <source>Can&apos;t be opened</source>
        <translation>開けません</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a folder of pictures</source>
        <translation>画像のフォルダーを開く</translation>
    </message>
    <message>
        <source>Add pictures to the queue</source>
        <translation>キューに画像を追加</translation>
    </message>
    <message>
        <source>Choose a folder for the results</source>
        <translation>結果のフォルダーを選ぶ</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be dropped here. Save the picture first, then drop its file.</source>
        <translation>ドロップできるのは、このコンピューターのファイルとフォルダーだけです。画像を保存してから、そのファイルをドロップしてください。</translation>
    </message>
    <message>
        <source>{pictures} still to be coloured. Stop and close?</source>
        <translation>まだ着色していない{pictures}があります。止めて閉じますか？</translation>
    </message>
    <message>
        <source>Finished pictures are kept.</source>
        <translation>できあがった画像は残ります。</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>止めて閉じる</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Pictures and books ({patterns});;All files (*)</source>
        <translation>画像と本 ({patterns});;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>No pictures here</source>
        <translation>画像がありません</translation>
    </message>
    <message>
        <source>There is no style to colour with. Install Color Studio again, or import a style.</source>
        <translation>着色に使うスタイルがありません。Color Studio を入れ直すか、スタイルを読み込んでください。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>パレット</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>一括(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Styles</source>
        <translation>スタイル(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近開いたもの</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Copy what happened, for a report</source>
        <translation>報告のために内容をコピー</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>メッセージを閉じる</translation>
    </message>
</context>
<context>
    <name>OutputBox</name>
    <message>
        <source>Like the page</source>
        <translation>元のページと同じ</translation>
    </message>
    <message>
        <source>PSD with layers</source>
        <translation>PSD（レイヤー付き）</translation>
    </message>
    <message>
        <source>ORA with layers</source>
        <translation>ORA（レイヤー付き）</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>スキップ</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換える</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方残す</translation>
    </message>
    <message>
        <source>“{name}” beside the pictures, in {count} places</source>
        <translation>画像のそばの「{name}」、{count} か所</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>If it exists</source>
        <translation>既存のとき</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Choose another folder for the results</source>
        <translation>結果の別のフォルダーを選びます</translation>
    </message>
    <message>
        <source>Open the folder of the results</source>
        <translation>結果のフォルダーを開く</translation>
    </message>
    <message>
        <source>Format of the results</source>
        <translation>結果の形式</translation>
    </message>
    <message>
        <source>PSD and ORA keep lines, colour and flats apart</source>
        <translation>PSD と ORA は線画、色、下塗りを分けて保存します</translation>
    </message>
    <message>
        <source>If a result exists already</source>
        <translation>結果がすでにあるとき</translation>
    </message>
    <message>
        <source>What to do with pictures that were coloured before</source>
        <translation>以前に着色した画像をどうするか</translation>
    </message>
    <message>
        <source>Names of the results</source>
        <translation>結果の名前</translation>
    </message>
    <message>
        <source>Names of the results: {name} is the page&apos;s name, {number} its place in the queue from 001 on, {folder} the folder it lies in</source>
        <translation>結果の名前: {name} はページの名前、{number} はキューでの番号（001 から）、{folder} はあるフォルダー</translation>
    </message>
</context>
<context>
    <name>PageStrip</name>
    <message>
        <source>From grey</source>
        <translation>グレーから</translation>
    </message>
    <message>
        <source>The page made grey, then coloured</source>
        <translation>ページをグレーにしてから着色</translation>
    </message>
    <message>
        <source>From lines</source>
        <translation>線画から</translation>
    </message>
    <message>
        <source>The page&apos;s line art, painted</source>
        <translation>ページの線画を塗ったもの</translation>
    </message>
    <message>
        <source>What is coloured</source>
        <translation>着色の対象</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>前のページ</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>次のページ</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>ページ {page} / {pages}</translation>
    </message>
    <message>
        <source>Pages that are held back appear here.</source>
        <translation>検証用に取り分けたページがここに出ます。</translation>
    </message>
</context>
<context>
    <name>PalettePanel</name>
    <message>
        <source>Palette</source>
        <translation>パレット</translation>
    </message>
    <message>
        <source>Take a palette from a file</source>
        <translation>ファイルからパレットを読み込む</translation>
    </message>
    <message>
        <source>Save the palette as .gpl</source>
        <translation>パレットを .gpl で保存</translation>
    </message>
    <message>
        <source>Colour without a palette</source>
        <translation>パレットなしで着色</translation>
    </message>
    <message>
        <source>Palette only</source>
        <translation>パレットのみ</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>絵画調</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>下塗り</translation>
    </message>
    <message>
        <source>this style takes no palette</source>
        <translation>このスタイルはパレットを使えません</translation>
    </message>
    <message>
        <source>Line art: from painted to one colour for each region</source>
        <translation>線画: 絵画調から、領域ごとに 1 色まで</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art, which flats need.</source>
        <translation>このスタイルは、下塗りに必要な線画を塗れません。</translation>
    </message>
    <message>
        <source>Flats need line art: choose another mode.</source>
        <translation>下塗りには線画が必要です。別のモードを選んでください。</translation>
    </message>
    <message>
        <source>From painted to flat</source>
        <translation>絵画調から下塗りまで</translation>
    </message>
    <message>
        <source>Flats have no other colours than the palette&apos;s</source>
        <translation>下塗りにパレットの色だけを使います</translation>
    </message>
</context>
<context>
    <name>PaletteWiring</name>
    <message>
        <source>Drop one finished page or one palette file on the palette.</source>
        <translation>完成したページ 1 枚か、パレットファイル 1 つをパレットにドロップしてください。</translation>
    </message>
    <message>
        <source>Palettes and pictures (*);;Palettes ({patterns})</source>
        <translation>パレットと画像 (*);;パレット ({patterns})</translation>
    </message>
    <message>
        <source>Take a palette from</source>
        <translation>パレットの読み込み元</translation>
    </message>
    <message>
        <source>Save the palette</source>
        <translation>パレットを保存</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name.</source>
        <translation>同じ名前のファイルがすでにあります。別の名前を選んでください。</translation>
    </message>
</context>
<context>
    <name>Pasting</name>
    <message>
        <source>The picture in the clipboard can&apos;t be used. Save it to a file and open that.</source>
        <translation>クリップボードの画像は使えません。ファイルに保存して開いてください。</translation>
    </message>
</context>
<context>
    <name>PictureGrid</name>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Queue only {pictures}</source>
        <translation>{pictures}だけをキューに入れる</translation>
    </message>
    <message>
        <source>Add {pictures} to the queue</source>
        <translation>{pictures}をキューに追加</translation>
    </message>
    <message>
        <source>Copy the hints in view to {pictures}</source>
        <translation>表示中の色ヒントを{pictures}にコピー</translation>
    </message>
</context>
<context>
    <name>PixelReadout</name>
    <message>
        <source>Pixel under the cursor</source>
        <translation>カーソル位置の画素</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Try {count} first</source>
        <translation>まず {count} 枚</translation>
    </message>
    <message>
        <source>Colour the first {count} pictures, look at them, then go on</source>
        <translation>最初の {count} 枚を着色し、見てから続けます</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>失敗を再試行</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>終了分を消す</translation>
    </message>
    <message>
        <source>Take pictures that have ended off the list</source>
        <translation>終わった画像を一覧から除きます</translation>
    </message>
    <message>
        <source>Pictures to colour are listed here.</source>
        <translation>着色する画像がここに並びます。</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取り消す</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>除く</translation>
    </message>
    <message>
        <source>Start first</source>
        <translation>最初に着色</translation>
    </message>
    <message>
        <source>Start last</source>
        <translation>最後に着色</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Open its folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Pausing after this picture…</source>
        <translation>この画像のあとで一時停止します…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止中…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Nothing to do yet</source>
        <translation>まだ何もありません</translation>
    </message>
    <message>
        <source>Retry {count} failed</source>
        <translation>失敗 {count} 件を再試行</translation>
    </message>
</context>
<context>
    <name>RegionCanvas</name>
    <message>
        <source>Close this gap</source>
        <translation>このすき間を閉じる</translation>
    </message>
    <message>
        <source>Only line art has regions: this picture is coloured as greyscale. If it is line art, choose that mode above.</source>
        <translation>領域があるのは線画だけです。この画像はグレースケールとして彩色されています。線画の場合は、上でそのモードを選んでください。</translation>
    </message>
    <message>
        <source>Finding regions…</source>
        <translation>領域を探しています…</translation>
    </message>
    <message>
        <source>No open gaps found.</source>
        <translation>開いたすき間は見つかりませんでした。</translation>
    </message>
    <message>
        <source>One place where colour may flow out: point at it to close it.</source>
        <translation>色が漏れそうな場所が 1 か所あります。指すと閉じられます。</translation>
    </message>
    <message>
        <source>{count} places where colour may flow out: point at one to close it.</source>
        <translation>色が漏れそうな場所が {count} か所あります。指すと閉じられます。</translation>
    </message>
</context>
<context>
    <name>RegionTools</name>
    <message>
        <source>Region tools</source>
        <translation>領域ツール</translation>
    </message>
    <message>
        <source>This style doesn&apos;t paint line art, so it knows no regions.</source>
        <translation>このスタイルは線画を彩色しないため、領域がありません。</translation>
    </message>
    <message>
        <source>Fill, merge, close and split regions</source>
        <translation>領域を塗る・結合する・閉じる・分割する</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>塗る</translation>
    </message>
    <message>
        <source>Fill a region with the colour in hand  (G)</source>
        <translation>現在の色で領域を塗る  (G)</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>結合</translation>
    </message>
    <message>
        <source>Merge regions: draw across them  (J)</source>
        <translation>領域を結合：またぐように線を引く  (J)</translation>
    </message>
    <message>
        <source>Close gap</source>
        <translation>すき間を閉じる</translation>
    </message>
    <message>
        <source>Close a gap: draw a line that bars the way  (C)</source>
        <translation>すき間を閉じる：ふさぐ線を引く  (C)</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Split a region: draw a line through it  (K)</source>
        <translation>領域を分割：中を通る線を引く  (K)</translation>
    </message>
</context>
<context>
    <name>ResultPage</name>
    <message>
        <source>Before</source>
        <translation>学習前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>学習後</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>元のページ</translation>
    </message>
    <message>
        <source>Trained on {pictures:,} pictures in {steps:,} steps.</source>
        <translation>{pictures:,} 枚の画像で {steps:,} ステップ学習しました。</translation>
    </message>
    <message>
        <source>Before, with “{start}”</source>
        <translation>学習前（「{start}」）</translation>
    </message>
    <message>
        <source>After, pages it has not seen</source>
        <translation>学習後、見たことのないページ</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Only these</source>
        <translation>これだけ</translation>
    </message>
    <message>
        <source>Colour the selected pictures and no others</source>
        <translation>選んだ画像だけを着色します</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キューに追加</translation>
    </message>
    <message>
        <source>Add the selected pictures to the queue</source>
        <translation>選んだ画像をキューに追加します</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} 枚を選択</translation>
    </message>
</context>
<context>
    <name>SelfTest</name>
    <message>
        <source>Self-test</source>
        <translation>自己診断</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>報告をコピー</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>もう一度診断</translation>
    </message>
    <message>
        <source>Testing… this takes a few seconds.</source>
        <translation>診断中… 数秒かかります。</translation>
    </message>
    <message>
        <source>No style is loaded</source>
        <translation>スタイルが読み込まれていません</translation>
    </message>
    <message>
        <source>Pictures are coloured on the {device}</source>
        <translation>画像は {device} で着色されます</translation>
    </message>
    <message>
        <source>That is the fastest device that works here.</source>
        <translation>ここで使える最も速いデバイスです。</translation>
    </message>
    <message>
        <source>The test could not be run: {reason}</source>
        <translation>診断を実行できませんでした: {reason}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Like the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>The fastest that works</source>
        <translation>使える最速のもの</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>グラフィックカード (CUDA)</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>プロセッサー (CPU)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>The language of the window; it changes with the next start.</source>
        <translation>ウィンドウの言語。次の起動から変わります。</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Neutral greys either way, so that colours can be judged.</source>
        <translation>どちらも無彩色のグレーで、色を正しく判断できます。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>What pictures are coloured on, from the next batch on.</source>
        <translation>次の一括処理から、画像の着色に使うもの。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Empty: a folder “colorized” beside the pages.</source>
        <translation>空欄: ページのそばの「colorized」フォルダー。</translation>
    </message>
    <message>
        <source>Leave out pages that have colours</source>
        <translation>色の付いたページを除く</translation>
    </message>
    <message>
        <source>A batch passes them over, unless they have hints or a mode.</source>
        <translation>ヒントがあるかモードを選んだ場合を除き、一括彩色では飛ばします。</translation>
    </message>
    <message>
        <source>Tell me when a batch ends</source>
        <translation>一括処理が終わったら知らせる</translation>
    </message>
    <message>
        <source>By a message of the desktop, unless this window is in front.</source>
        <translation>このウィンドウが手前にないとき、デスクトップの通知で知らせます。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
    <message>
        <source>Choose a folder for all results</source>
        <translation>すべての結果のフォルダーを選ぶ</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>SpotPopup</name>
    <message>
        <source>Other colour…</source>
        <translation>ほかの色…</translation>
    </message>
    <message>
        <source>Remove hint</source>
        <translation>色ヒントを消す</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Device in use: open the self-test</source>
        <translation>使用中のデバイス：自己診断を開く</translation>
    </message>
    <message>
        <source>Device: getting ready…</source>
        <translation>デバイス: 準備中…</translation>
    </message>
    <message>
        <source>The style is being loaded</source>
        <translation>スタイルを読み込んでいます</translation>
    </message>
    <message>
        <source>Pictures are coloured on the {device}.</source>
        <translation>画像は {device} で着色されます。</translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation>デバイス: {device}</translation>
    </message>
    <message>
        <source>Device: none in use</source>
        <translation>デバイス: なし</translation>
    </message>
</context>
<context>
    <name>StyleDetails</name>
    <message>
        <source>About the style</source>
        <translation>スタイルについて</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>A page in this style</source>
        <translation>このスタイルのページ</translation>
    </message>
</context>
<context>
    <name>StyleManager</name>
    <message>
        <source>Use this style</source>
        <translation>このスタイルを使う</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込む…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Only .colorstyle files of this computer can be dropped here.</source>
        <translation>ドロップできるのは、このコンピューターの .colorstyle ファイルだけです。</translation>
    </message>
    <message>
        <source>Styles ({pattern})</source>
        <translation>スタイル ({pattern})</translation>
    </message>
    <message>
        <source>Import styles</source>
        <translation>スタイルを読み込む</translation>
    </message>
    <message>
        <source>Export the style</source>
        <translation>スタイルを書き出す</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name.</source>
        <translation>同じ名前のファイルがすでにあります。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>Remove the style “{name}” for good?</source>
        <translation>スタイル「{name}」を完全に削除しますか？</translation>
    </message>
    <message>
        <source>{more} more could not be imported.</source>
        <translation>ほかに {more} 個を読み込めませんでした。</translation>
    </message>
    <message>
        <source>{name}  (in use)</source>
        <translation>{name}  （使用中）</translation>
    </message>
    <message>
        <source>This style came with Color Studio.</source>
        <translation>このスタイルは Color Studio に付属しています。</translation>
    </message>
    <message>
        <source>Colour the picture in view in two styles, side by side</source>
        <translation>表示中の画像を 2 つのスタイルで着色して並べます</translation>
    </message>
    <message>
        <source>Open a picture, and have two styles, to compare them</source>
        <translation>比較するには、画像を開き、スタイルを 2 つ用意してください</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Rename the style</source>
        <translation>スタイルの名前を変更</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新しい名前</translation>
    </message>
</context>
<context>
    <name>StylePage</name>
    <message>
        <source>What the style is called in the list</source>
        <translation>一覧でのスタイルの名前</translation>
    </message>
    <message>
        <source>Stands in the style&apos;s description; may stay empty</source>
        <translation>スタイルの説明に入ります。空欄でもかまいません</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Give the style a name.</source>
        <translation>スタイルに名前を付けてください。</translation>
    </message>
    <message>
        <source>A name is one line of up to 64 letters, digits and spaces.</source>
        <translation>名前は 1 行、64 文字までの文字、数字、空白です。</translation>
    </message>
    <message>
        <source>There is a style of this name already. Choose another name.</source>
        <translation>同じ名前のスタイルがすでにあります。別の名前を選んでください。</translation>
    </message>
    <message>
        <source>A training of this name was begun and not ended. Go Back to continue it, or choose another name.</source>
        <translation>同じ名前の学習が途中で残っています。「戻る」から続けるか、別の名前を選んでください。</translation>
    </message>
    <message>
        <source>There is no style to start from. Install Color Studio again.</source>
        <translation>出発点になるスタイルがありません。Color Studio を入れ直してください。</translation>
    </message>
    <message>
        <source>A number behind Advanced is out of its range.</source>
        <translation>「詳細設定」に範囲外の数値があります。</translation>
    </message>
    <message>
        <source>{minutes} minutes</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} 時間</translation>
    </message>
    <message>
        <source>A first look at what comes of it.</source>
        <translation>まず結果を見てみる。</translation>
    </message>
    <message>
        <source>Good for one book or series on most computers.</source>
        <translation>たいていのコンピューターで、1 冊か 1 シリーズに適しています。</translation>
    </message>
    <message>
        <source>For many pages, or a slow computer.</source>
        <translation>ページが多いとき、またはコンピューターが遅いとき。</translation>
    </message>
    <message>
        <source>For hundreds of pages; it ends early if more makes it worse.</source>
        <translation>数百ページ向け。続けて悪くなるなら早めに終わります。</translation>
    </message>
    <message>
        <source>The fastest that works</source>
        <translation>使える最速のもの</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>グラフィックカード (CUDA)</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>プロセッサー</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Starts from</source>
        <translation>出発点</translation>
    </message>
    <message>
        <source>Quality, in minutes</source>
        <translation>品質（分）</translation>
    </message>
    <message>
        <source>Trains on</source>
        <translation>学習に使うもの</translation>
    </message>
    <message>
        <source>Pictures per step</source>
        <translation>1 ステップの画像数</translation>
    </message>
    <message>
        <source>Side of the crops</source>
        <translation>切り抜きの 1 辺</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>乱数の種</translation>
    </message>
    <message>
        <source>Name it, and say how long it may learn</source>
        <translation>名前を付け、学習する時間を決める</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品質</translation>
    </message>
    <message>
        <source>the recipe&apos;s own</source>
        <translation>レシピの既定値</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} から {high}</translation>
    </message>
</context>
<context>
    <name>StylePicker</name>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>The style that pictures are coloured in</source>
        <translation>画像の着色に使うスタイル</translation>
    </message>
    <message>
        <source>No style</source>
        <translation>スタイルなし</translation>
    </message>
    <message>
        <source>By {author}.</source>
        <translation>作者: {author}。</translation>
    </message>
</context>
<context>
    <name>StyleTools</name>
    <message>
        <source>“{name}” is still being trained. It is saved now and can be continued.</source>
        <translation>「{name}」はまだ学習中です。いま保存され、あとで続けられます。</translation>
    </message>
    <message>
        <source>Train on my style…</source>
        <translation>自分のスタイルを学習…</translation>
    </message>
    <message>
        <source>Make a style of your own from finished pages</source>
        <translation>完成したページから自分のスタイルを作ります</translation>
    </message>
    <message>
        <source>Styles…</source>
        <translation>スタイル…</translation>
    </message>
    <message>
        <source>Look at, import, pass on and compare styles</source>
        <translation>スタイルを見る、読み込む、渡す、比べる</translation>
    </message>
</context>
<context>
    <name>Styles</name>
    <message>
        <source>Came with Color Studio</source>
        <translation>Color Studio に付属</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自分のスタイル</translation>
    </message>
    <message>
        <source>by {author}</source>
        <translation>作者 {author}</translation>
    </message>
    <message>
        <source>Trained on {pictures:,} pictures in {steps:,} steps</source>
        <translation>{pictures:,} 枚の画像で {steps:,} ステップ学習</translation>
    </message>
    <message>
        <source>{share}&#xa0;% smaller by itself</source>
        <translation>自動で {share}&#xa0;% 小さい</translation>
    </message>
    <message>
        <source>{share}&#xa0;% with 10 hints</source>
        <translation>色ヒント 10 個で {share}&#xa0;%</translation>
    </message>
    <message>
        <source>{share}&#xa0;% with a palette</source>
        <translation>パレットで {share}&#xa0;%</translation>
    </message>
    <message>
        <source>The error of its colours, beside that of a grey page: {parts} ({pages} pages it has not seen).</source>
        <translation>色の誤差は、グレーのページに比べて: {parts}（見たことのない {pages} ページ）。</translation>
    </message>
    <message>
        <source>No figures: it was not judged on pages it has not seen.</source>
        <translation>数値なし: 見たことのないページでの評価をしていません。</translation>
    </message>
</context>
<context>
    <name>TakingUp</name>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>あとで</translation>
    </message>
    <message>
        <source>A batch was interrupted: {left} of {total} are still to be coloured.</source>
        <translation>一括処理が中断されました：{total} 枚中 {left} 枚が未彩色です。</translation>
    </message>
    <message>
        <source>A batch was interrupted: {left} of {total} in “{folder}” are still to be coloured.</source>
        <translation>一括処理が中断されました：「{folder}」の {total} 枚中 {left} 枚が未彩色です。</translation>
    </message>
</context>
<context>
    <name>TextDialog</name>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Find out for each picture whether it is greyscale or line art</source>
        <translation>画像ごとにグレースケールか線画かを判別します</translation>
    </message>
    <message>
        <source>Keep the picture&apos;s light and dark exactly, add colour</source>
        <translation>画像の明暗を正確に保ち、色を加えます</translation>
    </message>
    <message>
        <source>Keep the lines, paint the paper between them</source>
        <translation>線を保ち、線の間の紙を塗ります</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Open a folder  (Ctrl+O)</source>
        <translation>フォルダーを開く  (Ctrl+O)</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>画像を追加</translation>
    </message>
    <message>
        <source>Add to the queue  (Ctrl+Shift+O)</source>
        <translation>キューに追加  (Ctrl+Shift+O)</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>モード</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop after the pictures being coloured  (Esc)</source>
        <translation>着色中の画像が終わったら停止  (Esc)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Rest before the next picture, or go on  (Ctrl+P)</source>
        <translation>次の画像の前で一時停止、または再開  (Ctrl+P)</translation>
    </message>
    <message>
        <source>Colorize</source>
        <translation>着色</translation>
    </message>
    <message>
        <source>Colour everything that waits in the queue  (Ctrl+Return)</source>
        <translation>キューで待つ画像をすべて着色  (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>This style can&apos;t paint line art. Choose another style for that.</source>
        <translation>このスタイルは線画を塗れません。別のスタイルを選んでください。</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止中…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>着色中…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始中…</translation>
    </message>
    <message>
        <source>Colorize {pictures}</source>
        <translation>{pictures}を着色</translation>
    </message>
    <message>
        <source>Continue with {pictures}</source>
        <translation>残りの{pictures}を着色</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Getting ready…</source>
        <translation>準備中…</translation>
    </message>
    <message>
        <source>Reading picture {done} of {total}…</source>
        <translation>画像を読み込み中（{done} / {total}）…</translation>
    </message>
    <message>
        <source>Comparing the pictures with each other…</source>
        <translation>画像どうしを比べています…</translation>
    </message>
    <message>
        <source>Looking at the held-back pages first…</source>
        <translation>まず検証用ページを見ています…</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>Choosing the best, and making the style…</source>
        <translation>最良のものを選び、スタイルを作っています…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>Paused. Nothing is saved yet, as it had just begun.</source>
        <translation>一時停止中。始めたばかりなので、まだ何も保存していません。</translation>
    </message>
    <message>
        <source>Paused. Everything is saved.</source>
        <translation>一時停止中。すべて保存しました。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止中…</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was kept.</source>
        <translation>取り消しました。何も残していません。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止しました</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>中断されました</translation>
    </message>
    <message>
        <source>One picture can be learnt from, but nobody will know how the style does on other pages. 10 to 30 finished pages are best.</source>
        <translation>1 枚からでも学習できますが、ほかのページでどうなるかはわかりません。完成したページ 10〜30 枚が最適です。</translation>
    </message>
    <message>
        <source>That is few. It will work, but 10 to 30 finished pages are best.</source>
        <translation>少なめです。学習はできますが、完成したページ 10〜30 枚が最適です。</translation>
    </message>
    <message>
        <source>That is enough for a style of your own.</source>
        <translation>自分のスタイルを作るのに十分です。</translation>
    </message>
    <message>
        <source>The colours differ much from page to page, so one tells little about another. A style learns best from one book, series or palette.</source>
        <translation>ページごとに色が大きく違うため、互いの手がかりになりにくいです。1 つの本、シリーズ、配色から学ぶのが最適です。</translation>
    </message>
    <message>
        <source>The training was ended from outside, or the computer ran out of memory. What was learnt up to the last save is kept: press Continue.</source>
        <translation>学習が外から終了されたか、メモリーが足りなくなりました。最後の保存までの学習は残っています。「続ける」を押してください。</translation>
    </message>
    <message>
        <source>The training was ended from outside, or the computer ran out of memory, before anything was saved. Close other programs, then start it again.</source>
        <translation>何も保存されないうちに、学習が外から終了されたか、メモリーが足りなくなりました。ほかのソフトを終了してから始め直してください。</translation>
    </message>
    <message>
        <source>The disk is full, so the training was stopped. Make room, then press Continue: what was learnt is kept.</source>
        <translation>ディスクがいっぱいになり、学習を止めました。空きを作って「続ける」を押してください。学習した内容は残っています。</translation>
    </message>
    <message>
        <source>The disk is full. Make room, then try again.</source>
        <translation>ディスクがいっぱいです。空きを作ってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>There is no colour picture to learn from in this folder. Choose a folder with finished, coloured pages.</source>
        <translation>このフォルダーには学習できる色付きの画像がありません。完成した色付きページのフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>There is not enough memory. Close other programs, then try again.</source>
        <translation>メモリーが足りません。ほかのソフトを終了してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>The pictures could not be looked at. Try again, or choose another folder.</source>
        <translation>画像を調べられませんでした。もう一度試すか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>“{name}” is no better than what it grew from</source>
        <translation>「{name}」は出発点より良くなりませんでした</translation>
    </message>
    <message>
        <source>“{name}” is ready</source>
        <translation>「{name}」ができました</translation>
    </message>
    <message>
        <source>So it colours exactly as “{start}” does.</source>
        <translation>そのため「{start}」とまったく同じように着色します。</translation>
    </message>
    <message>
        <source>No page was held back, so how well it colours other pages is not known.</source>
        <translation>検証用のページがないため、ほかのページをどれだけうまく着色するかはわかりません。</translation>
    </message>
    <message>
        <source>The training ended early, because more would have made it worse on pages that it has not seen. The best state was kept.</source>
        <translation>続けると見たことのないページで悪くなるため、学習を早めに終えました。最良の状態を残しています。</translation>
    </message>
    <message>
        <source>Grey pages</source>
        <translation>グレーのページ</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>線画</translation>
    </message>
    <message>
        <source>{mode}: {after:.1f} dB on {pages} pages not seen before.</source>
        <translation>{mode}: 見たことのない {pages} ページで {after:.1f} dB。</translation>
    </message>
    <message>
        <source>{mode}: the error of its colours is {share}&#xa0;% smaller on pages it has not seen ({before:.1f} → {after:.1f} dB).</source>
        <translation>{mode}: 見たことのないページで、色の誤差が {share}&#xa0;% 小さくなりました（{before:.1f} → {after:.1f} dB）。</translation>
    </message>
    <message>
        <source>{mode}: the error of its colours is {share}&#xa0;% larger on pages it has not seen ({before:.1f} → {after:.1f} dB).</source>
        <translation>{mode}: 見たことのないページで、色の誤差が {share}&#xa0;% 大きくなりました（{before:.1f} → {after:.1f} dB）。</translation>
    </message>
    <message>
        <source>{mode}: as good as before on pages it has not seen ({after:.1f} dB).</source>
        <translation>{mode}: 見たことのないページで、以前と同じ程度です（{after:.1f} dB）。</translation>
    </message>
    <message>
        <source>The pictures are too mixed: train on one book, series or palette at a time.</source>
        <translation>画像がまちまちすぎます。一度に 1 つの本、シリーズ、配色で学習してください。</translation>
    </message>
    <message>
        <source>The folder is too small: add finished pages, 10 to 30 in all.</source>
        <translation>画像が少なすぎます。完成したページを足して、全部で 10〜30 枚にしてください。</translation>
    </message>
    <message>
        <source>The training was too short: give it more minutes.</source>
        <translation>学習が短すぎました。もっと時間をかけてください。</translation>
    </message>
    <message>
        <source>The pages may be too different from each other, or from what can be learnt in this time: try more pages of one kind, or more minutes.</source>
        <translation>ページどうしの違いが大きいか、この時間では学びきれないのかもしれません。同じ種類のページを増やすか、時間を延ばしてみてください。</translation>
    </message>
    <message>
        <source>“{name}” stopped at {share}&#xa0;%.</source>
        <translation>「{name}」は {share}&#xa0;% で止まっています。</translation>
    </message>
    <message>
        <source>1 picture is left out:</source>
        <translation>1 枚の画像を除きました:</translation>
    </message>
    <message>
        <source>{number:,} pictures are left out:</source>
        <translation>{number:,} 枚の画像を除きました:</translation>
    </message>
    <message>
        <source>1 picture to learn from</source>
        <translation>学習する画像は 1 枚</translation>
    </message>
    <message>
        <source>{used:,} pictures to learn from, {held:,} of them held back to judge by</source>
        <translation>学習する画像は {used:,} 枚、うち {held:,} 枚は検証用</translation>
    </message>
</context>
<context>
    <name>TrainingWizard</name>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Train on my style</source>
        <translation>自分のスタイルを学習</translation>
    </message>
    <message>
        <source>A folder of finished pages</source>
        <translation>完成したページのフォルダー</translation>
    </message>
    <message>
        <source>Only folders of this computer can be dropped here.</source>
        <translation>ドロップできるのは、このコンピューターのフォルダーだけです。</translation>
    </message>
    <message>
        <source>Throw away what “{name}” has learnt?</source>
        <translation>「{name}」が学習した内容を破棄しますか？</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Keep on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>Train another</source>
        <translation>もう 1 つ学習</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隠す</translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation>学習を取り消す</translation>
    </message>
    <message>
        <source>Throw away…</source>
        <translation>破棄…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習する</translation>
    </message>
    <message>
        <source>Use this style</source>
        <translation>このスタイルを使う</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>スタイル</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Auto</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Greyscale</source>
        <translation>グレースケール</translation>
    </message>
    <message>
        <source>Line art</source>
        <translation>線画</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>画像 1 枚</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>画像 {count} 枚</translation>
    </message>
    <message>
        <source>Hints copied to {pictures}.</source>
        <translation>色ヒントを{pictures}にコピーしました。</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <source>{rate} pictures/s</source>
        <translation>{rate} 枚/秒</translation>
    </message>
    <message>
        <source>{rate} pictures/min</source>
        <translation>{rate} 枚/分</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始中…</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>残り {duration}</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>{time} 完了予定</translation>
    </message>
    <message>
        <source>Will be skipped: coloured before</source>
        <translation>スキップ予定：着色済み</translation>
    </message>
    <message>
        <source>with a warning</source>
        <translation>警告あり</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Skipped: coloured before</source>
        <translation>スキップ：着色済み</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>取り消し済み</translation>
    </message>
    <message>
        <source>Not coloured yet</source>
        <translation>未着色</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Colouring…</source>
        <translation>着色中…</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>書き込み中…</translation>
    </message>
    <message>
        <source>{pictures} coloured</source>
        <translation>{pictures}を着色</translation>
    </message>
    <message>
        <source>All done: {pictures} coloured</source>
        <translation>完了: {pictures}を着色</translation>
    </message>
    <message>
        <source>Nothing left to colour</source>
        <translation>着色するものは残っていません</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>失敗 {count}</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>スキップ {count}</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>取り消し {count}</translation>
    </message>
    <message>
        <source>{parts}.</source>
        <translation>{parts}。</translation>
    </message>
    <message>
        <source>{count} to colour</source>
        <translation>着色待ち {count} 枚</translation>
    </message>
    <message>
        <source>1 was coloured before</source>
        <translation>1 枚は着色済み</translation>
    </message>
    <message>
        <source>{count} were coloured before</source>
        <translation>{count} 枚は着色済み</translation>
    </message>
    <message>
        <source>Nothing to colour</source>
        <translation>着色する画像がありません</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a line</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>{width} × {height} px</source>
        <translation>{width} × {height} px</translation>
    </message>
</context>
</TS>
