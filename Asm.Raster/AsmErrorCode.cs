namespace Asm.Raster;

/// <summary>
/// What kind of error an <see cref="AsmException"/> is: stable, so that a program can branch on it. docs/errors.md lists them.
/// </summary>
public enum AsmErrorCode
{
    /// <summary>An input does not fit what it is used for: other bands, classes, sizes, values.</summary>
    Input,

    /// <summary>An input is not there, or may not be read.</summary>
    InputMissing,

    /// <summary>An input is damaged, or of a kind that is not read.</summary>
    InputFormat,

    /// <summary>A coordinate reference system is missing, unknown, or of a kind that the work cannot use.</summary>
    Crs,

    /// <summary>Two rasters do not lie on one grid.</summary>
    Grid,

    /// <summary>A setting is out of its range, or does not go with another one.</summary>
    Setting,

    /// <summary>An output is there and may not be replaced.</summary>
    OutputExists,

    /// <summary>An output would replace an input or another output.</summary>
    OutputIsInput,

    /// <summary>An output cannot be written: no such folder, no right, no space.</summary>
    OutputNotWritable,

    /// <summary>The memory limit is too low for the work.</summary>
    Memory,

    /// <summary>A server is not there, refuses, or breaks off.</summary>
    Server,

    /// <summary>A model cannot be used, or does not go with the input.</summary>
    Model,

    /// <summary>A project file is wrong; the message names the lines.</summary>
    Project,

    /// <summary>The numbers of a scene are not what they should be: preflight refuses it.</summary>
    Preflight,

    /// <summary>A part of the machine is missing: a native library, a device, fonts.</summary>
    Machine,
}
