#!/bin/sh
# Puts Color Studio into this user's menu and file manager: a menu entry, its icon, and the file
# types it opens. Needs no administrator. The program stays in the folder where it lies.
#     sh install.sh              add (again after the folder was moved)
#     sh install.sh --remove     take away
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
id=org.colorstudio.ColorStudio
entry=$data/applications/$id.desktop
types=$data/mime/packages/$id.xml
pictures=$data/icons/hicolor

refresh() {
    # What is not there has nothing to refresh; desktops look for themselves sooner or later.
    update-mime-database "$data/mime" >/dev/null 2>&1 || true
    update-desktop-database "$data/applications" >/dev/null 2>&1 || true
    gtk-update-icon-cache -q -t -f "$pictures" >/dev/null 2>&1 || true
}

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$types" "$pictures/scalable/apps/$id.svg" "$pictures/256x256/apps/$id.png"
    refresh
    echo "Color Studio is out of the menu. To remove it wholly, delete the folder $here."
    exit 0
fi

# In a desktop file a path stands in quotes, with these four signs escaped, and a % doubled.
quoted=$(printf '%s' "$here/colorstudio" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
mkdir -p "$data/applications" "$data/mime/packages" "$pictures/scalable/apps" \
    "$pictures/256x256/apps"
line="Exec=\"$quoted\" %F" awk '/^Exec=/ {print ENVIRON["line"]; next} {print}' \
    "$here/share/$id.desktop" >"$entry.new"
mv "$entry.new" "$entry"
cp "$here/share/$id.xml" "$types"
cp "$here/share/$id.svg" "$pictures/scalable/apps/$id.svg"
cp "$here/share/$id.png" "$pictures/256x256/apps/$id.png"
refresh
echo "Color Studio is in the menu now, and opens pictures, folders and .colorstyle files."
