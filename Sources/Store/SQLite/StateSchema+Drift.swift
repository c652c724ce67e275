extension StateSchema {
    /// Findings keep what a change of the contract can be proposed from, and a payload that shows them.
    static let drift = """
        ALTER TABLE drift ADD COLUMN side TEXT NOT NULL DEFAULT 'answer' CHECK (side IN ('request', 'answer'));
        ALTER TABLE drift ADD COLUMN action TEXT NOT NULL DEFAULT 'record';
        ALTER TABLE drift ADD COLUMN keyword TEXT NOT NULL DEFAULT '';
        ALTER TABLE drift ADD COLUMN observed TEXT;
        ALTER TABLE drift ADD COLUMN sample TEXT;
        ALTER TABLE drift ADD COLUMN call TEXT;
        """
}
