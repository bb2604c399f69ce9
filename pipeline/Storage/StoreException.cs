namespace Ops.Storage;

/// <summary>The store cannot open or go on: a broken or locked file, a folder that cannot be written.</summary>
public sealed class StoreException : Exception
{
    /// <summary>With a sentence for people that names the file.</summary>
    public StoreException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
