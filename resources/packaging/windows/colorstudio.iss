; Makes the installer for Windows: for one user, without an administrator.
;     iscc /DVersion=0.1.0 /DEdition=colour /DBundle=…\ColorStudio /O…\dist colorstudio.iss

#ifndef Version
  #error Say /DVersion=
#endif

[Setup]
AppId={{6B0B3F0C-3B0A-4C0B-9C0A-7C6C2A9D5E11}
AppName=Color Studio
AppVersion={#Version}
AppVerName=Color Studio {#Version}
AppPublisher=Color Studio
DefaultDirName={autopf}\Color Studio
DefaultGroupName=Color Studio
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile={#Bundle}\_internal\LICENSE
OutputBaseFilename=ColorStudio-{#Version}-{#Edition}-windows-x86_64-setup
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
UninstallDisplayIcon={app}\Color Studio.exe
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; The other edition, or an older version, may have left files that this one does not have.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Color Studio"; Filename: "{app}\Color Studio.exe"
Name: "{autodesktop}\Color Studio"; Filename: "{app}\Color Studio.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.colorstyle"; ValueType: string; ValueData: "ColorStudio.style"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ColorStudio.style"; ValueType: string; ValueData: "Color Studio style"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ColorStudio.style\DefaultIcon"; ValueType: string; ValueData: "{app}\Color Studio.exe,0"
Root: HKA; Subkey: "Software\Classes\ColorStudio.style\shell\open\command"; ValueType: string; ValueData: """{app}\Color Studio.exe"" ""%1"""
; Offered beside other programs, never in their place: pictures and folders keep their usual ones.
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\shell\open\command"; ValueType: string; ValueData: """{app}\Color Studio.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".png"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".psd"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".psb"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".ora"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".kra"
Root: HKA; Subkey: "Software\Classes\Applications\Color Studio.exe\SupportedTypes"; ValueType: string; ValueName: ".cbz"
Root: HKA; Subkey: "Software\Classes\Directory\shell\ColorStudio"; ValueType: string; ValueData: "Open with Color Studio"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\ColorStudio"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\Color Studio.exe,0"
Root: HKA; Subkey: "Software\Classes\Directory\shell\ColorStudio\command"; ValueType: string; ValueData: """{app}\Color Studio.exe"" ""%1"""

[Run]
Filename: "{app}\Color Studio.exe"; Description: "{cm:LaunchProgram,Color Studio}"; Flags: nowait postinstall skipifsilent
