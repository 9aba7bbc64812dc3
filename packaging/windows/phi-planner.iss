; The installer for Windows (Inno Setup 6). Not run yet by anyone.
; Removing the program leaves %APPDATA%\phi-planner (settings) and %LOCALAPPDATA%\phi-planner (log).

#ifndef Version
  #error Name the version: iscc /DVersion=0.1.0 phi-planner.iss
#endif

[Setup]
AppId={{5B0C6B5C-6A0E-4F0E-9C0B-6C1D3B6E7A52}
AppName=Phi Planner
AppVersion={#Version}
AppPublisher=Phi Planner contributors
DefaultDirName={autopf}\Phi Planner
DefaultGroupName=Phi Planner
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=phi-planner-{#Version}-windows-x64
SetupIconFile=..\..\build\package\phi-planner.ico
UninstallDisplayIcon={app}\phi-planner-window.exe
Compression=lzma2
SolidCompression=yes
ChangesEnvironment=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[Files]
Source: "..\..\build\package\frozen\phi-planner\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{autoprograms}\Phi Planner"; Filename: "{app}\phi-planner-window.exe"

[Tasks]
Name: "path"; Description: "Add phi-planner to the PATH of this user"; Flags: unchecked

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: IsNotOnPath

[Run]
Filename: "{app}\phi-planner-window.exe"; Description: "Open Phi Planner"; Flags: nowait postinstall skipifsilent

[Code]
function IsNotOnPath(): Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKEY_CURRENT_USER, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0;
end;
