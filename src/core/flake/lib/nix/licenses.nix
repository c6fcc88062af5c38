# Licenses: `[ SPDX identifier or null, full name ]` each.
{ lib }:
let
  free = {
    abstyles = [ "Abstyles" "Abstyles License" ];
    afl20 = [ "AFL-2.0" "Academic Free License v2.0" ];
    afl21 = [ "AFL-2.1" "Academic Free License v2.1" ];
    afl3 = [ "AFL-3.0" "Academic Free License v3.0" ];
    agpl3Only = [ "AGPL-3.0-only" "GNU Affero General Public License v3.0 only" ];
    agpl3Plus = [ "AGPL-3.0-or-later" "GNU Affero General Public License v3.0 or later" ];
    aom = [ "AOM-PATENT" "Alliance for Open Media Patent License 1.0" ];
    apple-psl10 = [ "APSL-1.0" "Apple Public Source License 1.0" ];
    apple-psl20 = [ "APSL-2.0" "Apple Public Source License 2.0" ];
    arphicpl = [ "Arphic-1999" "Arphic Public License" ];
    artistic1 = [ "Artistic-1.0" "Artistic License 1.0" ];
    artistic1-cl8 = [ "Artistic-1.0-cl8" "Artistic License 1.0 w/clause 8" ];
    artistic2 = [ "Artistic-2.0" "Artistic License 2.0" ];
    asl11 = [ "Apache-1.1" "Apache License 1.1" ];
    asl20 = [ "Apache-2.0" "Apache License 2.0" ];
    asl20-llvm = [ null "Apache License 2.0 with LLVM Exceptions" ];
    bitstreamVera = [ "Bitstream-Vera" "Bitstream Vera Font License" ];
    bitTorrent10 = [ "BitTorrent-1.0" "BitTorrent Open Source License v1.0" ];
    bitTorrent11 = [ "BitTorrent-1.1" "BitTorrent Open Source License v1.1" ];
    blueOak100 = [ "BlueOak-1.0.0" "Blue Oak Model License 1.0.0" ];
    boost = [ "BSL-1.0" "Boost Software License 1.0" ];
    bsd0 = [ "0BSD" "BSD Zero Clause License" ];
    bsd1 = [ "BSD-1-Clause" "BSD 1-Clause License" ];
    bsd2 = [ "BSD-2-Clause" "BSD 2-clause \"Simplified\" License" ];
    bsd2Patent = [ "BSD-2-Clause-Patent" "BSD-2-Clause Plus Patent License" ];
    bsd2WithViews = [ "BSD-2-Clause-Views" "BSD 2-Clause with views sentence" ];
    bsd3 = [ "BSD-3-Clause" "BSD 3-clause \"New\" or \"Revised\" License" ];
    bsd3Clear = [ "BSD-3-Clause-Clear" "BSD 3-Clause Clear License" ];
    bsd3Lbnl = [ "BSD-3-Clause-LBNL" "Lawrence Berkeley National Labs BSD variant license" ];
    bsdAxisNoDisclaimerUnmodified = [ null "BSD-Axis without Warranty Disclaimer with Unmodified requirement" ];
    bsdOriginal = [ "BSD-4-Clause" "BSD 4-clause \"Original\" or \"Old\" License" ];
    bsdOriginalShortened = [ "BSD-4-Clause-Shortened" "BSD 4 Clause Shortened" ];
    bsdOriginalUC = [ "BSD-4-Clause-UC" "BSD-4-Clause (University of California-Specific)" ];
    bsdProtection = [ "BSD-Protection" "BSD Protection License" ];
    bsdSystemd = [ null "BSD with system library exception" ];
    bsdSourceCode = [ "BSD-Source-Code" "BSD Source Code Attribution" ];
    bola11 = [ null "Buena Onda License Agreement 1.1" ];
    caossl = [ null "Computer Associates Open Source Licence Version 1.0" ];
    cal10 = [ "CAL-1.0" "Cryptographic Autonomy License version 1.0" ];
    capec = [ null "Common Attack Pattern Enumeration and Classification" ];
    cc-by-10 = [ "CC-BY-1.0" "Creative Commons Attribution 1.0" ];
    cc-by-20 = [ "CC-BY-2.0" "Creative Commons Attribution 2.0" ];
    cc-by-30 = [ "CC-BY-3.0" "Creative Commons Attribution 3.0" ];
    cc-by-40 = [ "CC-BY-4.0" "Creative Commons Attribution 4.0" ];
    cc-by-sa-10 = [ "CC-BY-SA-1.0" "Creative Commons Attribution Share Alike 1.0" ];
    cc-by-sa-20 = [ "CC-BY-SA-2.0" "Creative Commons Attribution Share Alike 2.0" ];
    cc-by-sa-25 = [ "CC-BY-SA-2.5" "Creative Commons Attribution Share Alike 2.5" ];
    cc-by-sa-30 = [ "CC-BY-SA-3.0" "Creative Commons Attribution Share Alike 3.0" ];
    cc-by-sa-40 = [ "CC-BY-SA-4.0" "Creative Commons Attribution Share Alike 4.0" ];
    cc0 = [ "CC0-1.0" "Creative Commons Zero v1.0 Universal" ];
    cddl = [ "CDDL-1.0" "Common Development and Distribution License 1.0" ];
    cecill20 = [ "CECILL-2.0" "CeCILL Free Software License Agreement v2.0" ];
    cecill21 = [ "CECILL-2.1" "CeCILL Free Software License Agreement v2.1" ];
    cecill-b = [ "CECILL-B" "CeCILL-B Free Software License Agreement" ];
    cecill-c = [ "CECILL-C" "CeCILL-C Free Software License Agreement" ];
    classpathException20 = [ "Classpath-exception-2.0" "GNU General Public License v2.0 only with Classpath exception 2.0" ];
    clArtistic = [ "ClArtistic" "Clarified Artistic License" ];
    cpal10 = [ "CPAL-1.0" "Common Public Attribution License 1.0" ];
    cpl10 = [ "CPL-1.0" "Common Public License 1.0" ];
    curl = [ "curl" "curl License" ];
    doc = [ "DOC" "DOC License" ];
    drl10 = [ "DRL-1.0" "Detection Rule License 1.0" ];
    dtoa = [ "dtoa" "dtoa License" ];
    ecl20 = [ "ECL-2.0" "Educational Community License, Version 2.0" ];
    efl10 = [ "EFL-1.0" "Eiffel Forum License v1.0" ];
    efl20 = [ "EFL-2.0" "Eiffel Forum License v2.0" ];
    epl10 = [ "EPL-1.0" "Eclipse Public License 1.0" ];
    epl20 = [ "EPL-2.0" "Eclipse Public License 2.0" ];
    eupl11 = [ "EUPL-1.1" "European Union Public License 1.1" ];
    eupl12 = [ "EUPL-1.2" "European Union Public License 1.2" ];
    fdl11Only = [ "GFDL-1.1-only" "GNU Free Documentation License v1.1 only" ];
    fdl11Plus = [ "GFDL-1.1-or-later" "GNU Free Documentation License v1.1 or later" ];
    fdl12Only = [ "GFDL-1.2-only" "GNU Free Documentation License v1.2 only" ];
    fdl12Plus = [ "GFDL-1.2-or-later" "GNU Free Documentation License v1.2 or later" ];
    fdl13Only = [ "GFDL-1.3-only" "GNU Free Documentation License v1.3 only" ];
    fdl13Plus = [ "GFDL-1.3-or-later" "GNU Free Documentation License v1.3 or later" ];
    ffsl = [ null "Floodgap Free Software License" ];
    fraunhofer-fdk = [ "FDK-AAC" "Fraunhofer FDK AAC Codec Library" ];
    free = [ null "Unspecified free software license" ];
    ftl = [ "FTL" "Freetype Project License" ];
    g4sl = [ null "Geant4 Software License" ];
    generaluser = [ null "GeneralUser GS License v2.0" ];
    gfl = [ null "GUST Font License" ];
    gfsl = [ null "GUST Font Source License" ];
    gpl1Only = [ "GPL-1.0-only" "GNU General Public License v1.0 only" ];
    gpl1Plus = [ "GPL-1.0-or-later" "GNU General Public License v1.0 or later" ];
    gpl2Classpath = [ null "GNU General Public License v2.0 only (with Classpath exception)" ];
    gpl2ClasspathPlus = [ null "GNU General Public License v2.0 or later (with Classpath exception)" ];
    gpl2Oss = [ null "GNU General Public License version 2 only (with OSI approved licenses linking exception)" ];
    gpl2Only = [ "GPL-2.0-only" "GNU General Public License v2.0 only" ];
    gpl2Plus = [ "GPL-2.0-or-later" "GNU General Public License v2.0 or later" ];
    gpl2UBDLPlus = [ null "GNU General Public License v2.0 or later (with UBDL exception)" ];
    gpl3ClasspathPlus = [ null "GNU General Public License v3.0 or later (with Classpath exception)" ];
    gpl3Only = [ "GPL-3.0-only" "GNU General Public License v3.0 only" ];
    gpl3Plus = [ "GPL-3.0-or-later" "GNU General Public License v3.0 or later" ];
    gplsax = [ null "GNU General Public License v2.0 or later with SAX exception" ];
    hpnd = [ "HPND" "Historic Permission Notice and Disclaimer" ];
    hpndSellVariant = [ "HPND-sell-variant" "Historical Permission Notice and Disclaimer - sell variant" ];
    hpndUc = [ "HPND-UC" "Historical Permission Notice and Disclaimer - University of California" ];
    hpndDec = [ "HPND-DEC" "Historical Permission Notice and Disclaimer - DEC variant" ];
    icu = [ "ICU" "ICU" ];
    ijg = [ "IJG" "Independent JPEG Group License" ];
    imagemagick = [ "ImageMagick" "ImageMagick License" ];
    imlib2 = [ "Imlib2" "Imlib2 License" ];
    info-zip = [ "Info-ZIP" "Info-ZIP License" ];
    iasl = [ null "Intel ACPI Software License" ];
    ipa = [ "IPA" "IPA Font License" ];
    ipl10 = [ "IPL-1.0" "IBM Public License v1.0" ];
    isc = [ "ISC" "ISC License" ];
    jasper = [ "JasPer-2.0" "JasPer License" ];
    knuth = [ "Knuth-CTAN" "Knuth CTAN License" ];
    lal12 = [ "LAL-1.2" "Licence Art Libre 1.2" ];
    lal13 = [ "LAL-1.3" "Licence Art Libre 1.3" ];
    lgpl2Only = [ "LGPL-2.0-only" "GNU Library General Public License v2 only" ];
    lgpl2Plus = [ "LGPL-2.0-or-later" "GNU Library General Public License v2 or later" ];
    lgpl21Only = [ "LGPL-2.1-only" "GNU Lesser General Public License v2.1 only" ];
    lgpl21Plus = [ "LGPL-2.1-or-later" "GNU Lesser General Public License v2.1 or later" ];
    lgpl3Only = [ "LGPL-3.0-only" "GNU Lesser General Public License v3.0 only" ];
    lgpl3Plus = [ "LGPL-3.0-or-later" "GNU Lesser General Public License v3.0 or later" ];
    lgpllr = [ "LGPLLR" "Lesser General Public License For Linguistic Resources" ];
    libpng = [ "Libpng" "libpng License" ];
    libpng2 = [ "libpng-2.0" "libpng License v2" ];
    libssh2 = [ null "libssh2 License" ];
    libtiff = [ "libtiff" "libtiff License" ];
    llgpl21 = [ null "Lisp LGPL; GNU Lesser General Public License version 2.1 with Franz Inc. preamble" ];
    llvm-exception = [ "LLVM-exception" "LLVM Exception" ];
    lppl1 = [ "LPPL-1.0" "LaTeX Project Public License v1.0" ];
    lppl12 = [ "LPPL-1.2" "LaTeX Project Public License v1.2" ];
    lppl13a = [ "LPPL-1.3a" "LaTeX Project Public License v1.3a" ];
    lppl13c = [ "LPPL-1.3c" "LaTeX Project Public License v1.3c" ];
    lpl-102 = [ "LPL-1.02" "Lucent Public License v1.02" ];
    lsof = [ "lsof" "lsof License" ];
    mirOS = [ "MirOS" "MirOS License" ];
    mit = [ "MIT" "MIT License" ];
    mit-cmu = [ "MIT-CMU" "CMU License" ];
    mit-enna = [ "MIT-enna" "enna License" ];
    mit-feh = [ "MIT-feh" "feh License" ];
    mit-modern = [ "MIT-Modern-Variant" "MIT License Modern Variant" ];
    mit0 = [ "MIT-0" "MIT No Attribution" ];
    mitAdvertising = [ "MIT-advertising" "Enlightenment License (e16)" ];
    mpl10 = [ "MPL-1.0" "Mozilla Public License 1.0" ];
    mpl11 = [ "MPL-1.1" "Mozilla Public License 1.1" ];
    mpl20 = [ "MPL-2.0" "Mozilla Public License 2.0" ];
    mpich2 = [ "mpich2" "mpich2 License" ];
    mplus = [ "mplus" "M+ Font License" ];
    mspl = [ "MS-PL" "Microsoft Public License" ];
    mulan-psl2 = [ "MulanPSL-2.0" "Mulan Permissive Software License, Version 2" ];
    naist-2003 = [ "NAIST-2003" "Nara Institute of Science and Technology License (2003)" ];
    nasa13 = [ "NASA-1.3" "NASA Open Source Agreement 1.3" ];
    ncsa = [ "NCSA" "University of Illinois/NCSA Open Source License" ];
    ncbiPd = [ "NCBI-PD" "NCBI Public Domain Notice" ];
    ngpl = [ "NGPL" "Nethack General Public License" ];
    nlpl = [ "NLPL" "No Limit Public License" ];
    nistSoftware = [ "NIST-Software" "NIST Software License" ];
    npl11 = [ "NPL-1.1" "Netscape Public License v1.1" ];
    nposl3 = [ "NPOSL-3.0" "Non-Profit Open Software License 3.0" ];
    odbl = [ "ODbL-1.0" "Open Data Commons Open Database License v1.0" ];
    ofl = [ "OFL-1.1" "SIL Open Font License 1.1" ];
    oml = [ "OML" "Open Market License" ];
    openldap = [ "OLDAP-2.8" "Open LDAP Public License v2.8" ];
    openssl = [ "OpenSSL" "OpenSSL License" ];
    opubl = [ "OPUBL-1.0" "Open Publication License v1.0" ];
    osl2 = [ "OSL-2.0" "Open Software License 2.0" ];
    osl21 = [ "OSL-2.1" "Open Software License 2.1" ];
    osl3 = [ "OSL-3.0" "Open Software License 3.0" ];
    parity70 = [ "Parity-7.0.0" "Parity Public License 7.0.0" ];
    php301 = [ "PHP-3.01" "PHP License v3.01" ];
    postgresql = [ "PostgreSQL" "PostgreSQL License" ];
    psfl = [ "Python-2.0" "Python Software Foundation License version 2" ];
    publicDomain = [ null "Public Domain" ];
    purdueBsd = [ null "Purdue BSD-Style License" ];
    qhull = [ "Qhull" "Qhull License" ];
    qpl = [ "QPL-1.0" "Q Public License 1.0" ];
    qwtException = [ null "Qwt exception to LGPL 2.1" ];
    radiance = [ "Radiance" "Radiance License" ];
    ruby = [ "Ruby" "Ruby License" ];
    sendmail = [ "Sendmail" "Sendmail License" ];
    sfl = [ null "Sarabun font license" ];
    sgi-b-20 = [ "SGI-B-2.0" "SGI Free Software License B v2.0" ];
    sgmlug = [ null "SGML UG SGML Parser Materials" ];
    sissl11 = [ "SISSL" "Sun Industry Standards Source License v1.1" ];
    sleepycat = [ "Sleepycat" "Sleepycat License" ];
    smail = [ null "SMAIL General Public License Notice" ];
    smlnj = [ "SMLNJ" "Standard ML of New Jersey License" ];
    stk = [ null "Synthesis Tool Kit 4.3" ];
    tcltk = [ "TCL" "TCL/TK License" ];
    tcpWrappers = [ "TCP-wrappers" "TCP Wrappers License" ];
    tekHvcLicense = [ null "Tektronix HVC License" ];
    torque11 = [ "TORQUE-1.1" "TORQUE v2.5+ Software License v1.1" ];
    ubdlException = [ "UBDL-exception" "Unmodified Binary Distribution exception" ];
    ubuntuFontLicense = [ "Ubuntu-font-1.0" "Ubuntu Font License 1.0" ];
    ucd = [ null "Unicode Character Database License" ];
    ucar = [ null "University Corporation for Atmospheric Research License" ];
    unicode-30 = [ "Unicode-3.0" "Unicode License v3" ];
    unicode-dfs-2015 = [ "Unicode-DFS-2015" "Unicode License Agreement - Data Files and Software (2015)" ];
    unicode-dfs-2016 = [ "Unicode-DFS-2016" "Unicode License Agreement - Data Files and Software (2016)" ];
    unlicense = [ "Unlicense" "The Unlicense" ];
    upl = [ "UPL-1.0" "Universal Permissive License" ];
    vim = [ "Vim" "Vim License" ];
    vol-sl = [ null "Volatility Software License, Version 1.0" ];
    vsl10 = [ "VSL-1.0" "Vovida Software License v1.0" ];
    wadalab = [ null "Wadalab Font License" ];
    watcom = [ "Watcom-1.0" "Sybase Open Watcom Public License 1.0" ];
    w3c = [ "W3C" "W3C Software Notice and License" ];
    wtfpl = [ "WTFPL" "Do What The F*ck You Want To Public License" ];
    wxWindows = [ "WXwindows" "wxWindows Library Licence, Version 3.1" ];
    x11 = [ "X11" "X11 License" ];
    x11DistributeModificationsVariant = [ "X11-distribute-modifications-variant" "X11 License Distribution Modification Variant" ];
    xfig = [ "Xfig" "xfig License" ];
    xinetd = [ "xinetd" "xinetd License" ];
    xskat = [ "XSkat" "XSkat License" ];
    zlib = [ "Zlib" "zlib License" ];
    zpl20 = [ "ZPL-2.0" "Zope Public License 2.0" ];
    zpl21 = [ "ZPL-2.1" "Zope Public License 2.1" ];
    zsh = [ null "Zsh License" ];
  };
  unfree = {
    aladdin = [ "Aladdin" "Aladdin Free Public License" ];
    amazonsl = [ null "Amazon Software License" ];
    elastic20 = [ "Elastic-2.0" "Elastic License 2.0" ];
    epson = [ null "Seiko Epson Corporation Software License Agreement for Linux" ];
    fsl11Mit = [ "FSL-1.1-MIT" "Functional Source License, Version 1.1, MIT Future License" ];
    fsl11Asl20 = [ "FSL-1.1-ALv2" "Functional Source License, Version 1.1, Apache 2.0 Future License" ];
    geogebra = [ null "GeoGebra Non-Commercial License Agreement" ];
    lens = [ null "Lens Terms of Service Agreement" ];
    ocamlpro_nc = [ null "OCamlPro Non Commercial license version 1" ];
    obsidian = [ null "Obsidian End User Agreement" ];
    paperless = [ null "Paperless End User License Agreement" ];
    postman = [ null "Postman EULA" ];
    prosperity30 = [ null "Prosperity-3.0.0" ];
    unfree = [ null "Unfree" ];
    unfreeRedistributable = [ null "Unfree redistributable" ];
    unfreeRedistributableFirmware = [ null "Unfree redistributable firmware" ];
    virtualbox-puel = [ null "Oracle VM VirtualBox Extension Pack Personal Use and Evaluation License (PUEL)" ];
    acsl14 = [ null "Anti-Capitalist Software License v1.4" ];
    activision = [ null "Activision EULA" ];
    bsl11 = [ "BUSL-1.1" "Business Source License 1.1" ];
    cc-by-nc-20 = [ "CC-BY-NC-2.0" "Creative Commons Attribution Non Commercial 2.0 Generic" ];
    cc-by-nc-30 = [ "CC-BY-NC-3.0" "Creative Commons Attribution Non Commercial 3.0 Unported" ];
    cc-by-nc-40 = [ "CC-BY-NC-4.0" "Creative Commons Attribution Non Commercial 4.0 International" ];
    cc-by-nc-nd-30 = [ "CC-BY-NC-ND-3.0" "Creative Commons Attribution Non Commercial No Derivative Works 3.0 Unported" ];
    cc-by-nc-nd-40 = [ "CC-BY-NC-ND-4.0" "Creative Commons Attribution Non Commercial No Derivative Works 4.0 International" ];
    cc-by-nc-sa-20 = [ "CC-BY-NC-SA-2.0" "Creative Commons Attribution Non Commercial Share Alike 2.0" ];
    cc-by-nc-sa-25 = [ "CC-BY-NC-SA-2.5" "Creative Commons Attribution Non Commercial Share Alike 2.5" ];
    cc-by-nc-sa-30 = [ "CC-BY-NC-SA-3.0" "Creative Commons Attribution Non Commercial Share Alike 3.0" ];
    cc-by-nc-sa-40 = [ "CC-BY-NC-SA-4.0" "Creative Commons Attribution Non Commercial Share Alike 4.0" ];
    cc-by-nd-30 = [ "CC-BY-ND-3.0" "Creative Commons Attribution-No Derivative Works v3.00" ];
    databricks = [ null "Databricks Proprietary License" ];
    databricks-dbx = [ null "DataBricks eXtensions aka dbx License" ];
    inria-compcert = [ null "INRIA Non-Commercial License Agreement for the CompCert verified compiler" ];
    inria-icesl = [ null "IceSL License" ];
    issl = [ null "Intel Simplified Software License" ];
    nvidiaCuda = [ null "CUDA Toolkit End User License Agreement (EULA)" ];
    nvidiaCudaRedist = [ null "CUDA Toolkit End User License Agreement (EULA) redistributable" ];
    sspl = [ "SSPL-1.0" "Server Side Public License" ];
    sustainableUse = [ null "Sustainable Use License" ];
    teamspeak = [ null "TeamSpeak client license" ];
  };
  redistributable = [
    "bsl11"
    "databricks"
    "elastic20"
    "fsl11Asl20"
    "fsl11Mit"
    "issl"
    "unfreeRedistributable"
    "unfreeRedistributableFirmware"
  ];

  # The names without "only" or "or later" are from before SPDX told them apart.
  deprecated = builtins.mapAttrs (_: entry: { spdx = builtins.head entry; name = builtins.elemAt entry 1; }) {
    agpl3 = [ "AGPL-3.0" "GNU Affero General Public License v3.0" ];
    fdl11 = [ "GFDL-1.1" "GNU Free Documentation License v1.1" ];
    fdl12 = [ "GFDL-1.2" "GNU Free Documentation License v1.2" ];
    fdl13 = [ "GFDL-1.3" "GNU Free Documentation License v1.3" ];
    gpl1 = [ "GPL-1.0" "GNU General Public License v1.0" ];
    gpl2 = [ "GPL-2.0" "GNU General Public License v2.0" ];
    gpl3 = [ "GPL-3.0" "GNU General Public License v3.0" ];
    lgpl2 = [ "LGPL-2.0" "GNU Library General Public License v2" ];
    lgpl21 = [ "LGPL-2.1" "GNU Lesser General Public License v2.1" ];
    lgpl3 = [ "LGPL-3.0" "GNU Lesser General Public License v3.0" ];
  };

  make =
    isFree: shortName: entry:
    let
      spdxId = builtins.head entry;
    in
    {
      inherit shortName;
      fullName = builtins.elemAt entry 1;
      free = isFree;
      deprecated = false;
      redistributable = isFree || builtins.elem shortName redistributable;
    }
    // lib.optionalAttrs (spdxId != null) {
      inherit spdxId;
      url = "https://spdx.org/licenses/${spdxId}.html";
    };
in
builtins.mapAttrs (make true) free
// builtins.mapAttrs (make false) unfree
// builtins.mapAttrs (
  shortName: entry: make true shortName [ entry.spdx entry.name ] // { deprecated = true; }
) deprecated
