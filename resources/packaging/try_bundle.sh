#!/usr/bin/env bash
# Tries a Linux bundle as an artist's machine would: a fresh user, an empty home, no Python, no
# network, a read-only folder with spaces and signs of two scripts in its name, and a screen.
#
#     sudo bash resources/packaging/try_bundle.sh dist/train/ColorStudio [FOLDER FOR THE SCREENSHOTS]
#
# Needs root (for the user, the network and the folder), Xvfb, xdotool, openbox and ImageMagick. It
# colours the samples by command line and through the window, hands a file to the open window,
# and, where the bundle can train, trains for a minute and colours with that style. Prints times
# and sizes; ends with 0 only if all went well.
set -euo pipefail

bundle=$(realpath "${1:?Which bundle? For example dist/colour/ColorStudio}")
shots=$(realpath -m "${2:-$(dirname "$bundle")/screenshots}")
here=$(cd "$(dirname "$0")" && pwd)

if [ "${TRYING_APART:-}" != 1 ]; then
    [ "$(id -u)" = 0 ] || { echo "Start this as root: sudo bash $0 …" >&2; exit 2; }
    for tool in Xvfb xdotool openbox import; do
        command -v "$tool" >/dev/null || { echo "$tool is missing." >&2; exit 2; }
    done
    mkdir -p "$shots"
    # A network of its own without any device, and mounts that nobody else sees.
    exec env TRYING_APART=1 unshare --net --mount --propagation private bash "$0" "$bundle" "$shots"
fi

# --- the place ---------------------------------------------------------------------------------

artist=cstry$$
stage=$(mktemp -d)
chmod 755 "$stage"
useradd --no-create-home --home-dir "$stage/home" --shell /bin/sh "$artist"
pids=()
leave() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    umount --lazy "$program" 2>/dev/null || true
    userdel --force "$artist" 2>/dev/null || true
    rm -rf --one-file-system "$stage" # the bundle itself must never be in its reach
}
program="$stage/Färben 彩色 Studio"
trap leave EXIT

mkdir -p "$program" "$stage/home" "$stage/nothing" "$stage/run"
mount --bind "$bundle" "$program"
mount -o remount,ro,bind "$program"
home="$stage/home"
pages="$home/Seiten 漫画"
mkdir -p "$pages" "$home/pages"
cp "$program"/_internal/colorstudio/_resources/samples/*.png "$pages"
cp "$pages"/*.png "$home/pages"
chown -R "$artist" "$home" "$stage/run"
chmod 700 "$stage/run"
samples=$(find "$pages" -name '*.png' | wc -l)

# No Python, neither to start nor to import from.
for place in /usr/lib/python3* /usr/local/lib/python3*; do
    [ -d "$place" ] && mount -t tmpfs none "$place"
done
for tool in /usr/bin/python3* /usr/local/bin/python3*; do
    [ -e "$tool" ] && mount --bind /dev/null "$(realpath "$tool")" 2>/dev/null || true
done

as_artist() {
    setpriv --reuid "$artist" --regid "$artist" --clear-groups --no-new-privs \
        env -i HOME="$home" PATH="$stage/nothing" LANG=C.UTF-8 DISPLAY="${screen:-}" \
        XDG_RUNTIME_DIR="$stage/run" "$@"
}
colorstudio() { as_artist "$program/colorstudio" "$@"; }
say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; shoot failed || true; exit 1; }
now() { date +%s%N; }
since() { echo "$((($(now) - $1) / 1000000)) ms"; }
until_true() { # seconds, command…
    local end=$((SECONDS + $1)); shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# --- by command line ---------------------------------------------------------------------------

say "bundle: $(du -sm --apparent-size "$bundle" | cut -f1) MB, program in “$program”, read-only"
as_artist /bin/sh -c 'command -v python3 || command -v python' && fail "there is a Python"
[ "$(grep : /proc/net/dev | grep -vc '^ *lo:')" = 0 ] || fail "there is a network"
begun=$(now)
colorstudio --help >/dev/null || fail "--help"
say "--help: $(since "$begun")"
begun=$(now)
summary=$(colorstudio colorize "$home/pages" -o "$home/out" --device cpu) || fail "colorize: $summary"
say "command line, $samples samples: $(since "$begun"): $(tail -n 1 <<<"$summary")"
[ "$(find "$home/out" -name '*.png' | wc -l)" = "$samples" ] || fail "results are missing"
grep -q "changed luma pixels: 0" <<<"$summary" || fail "luma was changed"
colorstudio colorize "$home/pages/lineart-woods.png" -o "$home/psd" --format psd --quiet || fail psd
colorstudio colorize "$home/psd/lineart-woods.psd" -o "$home/psd2" --format png --quiet || fail "reading psd"
colorstudio doctor >"$shots/doctor.txt" || fail doctor
grep -q "starter: bundled" "$shots/doctor.txt" || fail "no bundled style"

# --- through the window ------------------------------------------------------------------------

exec 9>"$stage/display"
Xvfb -displayfd 9 -screen 0 1440x900x24 -nolisten tcp -ac >/dev/null 2>&1 &
pids+=($!)
until_true 30 test -s "$stage/display" || fail "no screen"
screen=":$(tr -d '\n' <"$stage/display")"
export DISPLAY="$screen"
openbox >/dev/null 2>&1 &
pids+=($!)
sleep 1

shoot() { import -display "$screen" -window root "$shots/$1.png"; }
windows() { xdotool search --onlyvisible --name "Color Studio" 2>/dev/null; }
seen() { windows >/dev/null; }
key() { xdotool key --clearmodifiers "$@"; sleep 0.3; }
open_window() { # paths…; sets $window_pid and $opened
    local begun
    begun=$(now)
    colorstudio "$@" 2>>"$shots/complaints.txt" &
    window_pid=$!
    pids+=("$window_pid")
    until_true 120 seen || fail "no window"
    opened=$(since "$begun")
    xdotool windowactivate --sync "$(windows | head -n 1)" || true
}
ended() { ! kill -0 "$window_pid" 2>/dev/null; }
close_window() {
    key ctrl+q
    until_true 30 ended || fail "the window did not close"
    wait "$window_pid" || fail "the window's exit status"
}
: >"$shots/complaints.txt"

open_window
say "first start until the window is seen: $opened"
sleep 3
shoot 1-empty
close_window
open_window "$pages"
say "second start until the window is seen: $opened"
coloured() { [ "$(find "$pages/colorized" -name '*.png' 2>/dev/null | wc -l)" = "$samples" ]; }
sleep 8 # the folder is listed and queued, the first page previewed
shoot 2-folder
begun=$(now)
key ctrl+Return
until_true 300 coloured || fail "the window did not colour all"
say "window, $samples samples: $(since "$begun")"
sleep 2
shoot 3-coloured

begun=$(now)
colorstudio "$home/pages/greyscale-owl.png" || fail "the second start"
say "a second start handed its file over in $(since "$begun")"
[ "$(windows | wc -l)" = 1 ] || fail "a second window"
sleep 4
shoot 4-handed-over

if [ -d "$program/_internal/torch" ]; then
    begun=$(now)
    colorstudio train "$pages/colorized" --name "Try 试" --minutes 1 --device cpu \
        >"$shots/train.txt" 2>&1 || fail "train: $(tail -n 3 "$shots/train.txt")"
    colorstudio evaluate "$pages/colorized" --most 2 --hints 0 --device cpu >"$shots/evaluate.txt" ||
        fail evaluate
    say "trained for a minute, all in all $(since "$begun"): $(tail -n 1 "$shots/train.txt")"
    colorstudio styles list | grep -q "Try 试" || fail "the style is not in the library"
    colorstudio colorize "$home/pages" -o "$home/mine" --style "Try 试" --quiet --device cpu ||
        fail "colouring with the trained style"
    [ "$(find "$home/mine" -name '*.png' | wc -l)" = "$samples" ] || fail "results are missing"
    say "coloured $samples samples with the trained style"
else
    said=$(colorstudio train "$pages" --name x 2>&1) && fail "trained without a trainer"
    grep -q "Colour + Train" <<<"$said" || fail "not told how to get training: $said"
    say "train: $said"
fi
key F10 Escape # a menu that is open would swallow keys
key ctrl+t
sleep 8
shoot 5-train
key Escape
close_window
grep -iv "xdg_runtime\|propagateSizeHints" "$shots/complaints.txt" | grep . && fail "complaints on standard error"
grep -rh "ModuleNotFoundError\|ImportError" "$home/.local/state" && fail "something is missing in the bundle"
[ -f "$home/.local/share/ColorStudio/settings.json" ] || fail "settings are not where the guide says"
sh -c "HOME='$home' XDG_DATA_HOME= sh '$program/install.sh'" >/dev/null || fail "install.sh"
grep -q "^Exec=\"$program/colorstudio\" %F$" "$home"/.local/share/applications/*.desktop ||
    fail "the menu entry"
say "all went well; screenshots are in $shots"
